export { createHdfsConnector } from '../../../main/connectors/hdfs/connector';
export { createWebHdfs } from '../../../main/connectors/hdfs/webhdfs';
export { sample } from '../../../main/sampling/sample';
export { usualDialect } from '../../../shared/document/dialect';
