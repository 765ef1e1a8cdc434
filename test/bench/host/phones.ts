export { answerLookup } from '../../../main/engine/lookups';
export { answerPhone } from '../../../shared/lookup/phone';
