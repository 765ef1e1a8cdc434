export { findSpark, jobFolder, LOCAL_SPARK, sparkEnvironment } from '../../../main/verify/spark-local';
export { compilePlan } from '../../../shared/compile/compile';
export { canonicalJson, hashOf } from '../../../shared/compile/hash';
export { compileSpark } from '../../../shared/compile/spark';
export { csvDialectSchema } from '../../../shared/document/dialect';
