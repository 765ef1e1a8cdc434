export { answerLookup } from '../../../main/engine/phone';
export { answerPhone } from '../../../shared/lookup/phone';
