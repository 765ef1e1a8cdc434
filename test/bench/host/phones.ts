export { answerLookup } from '../../../main/engine/lookups';
export { answerPhone, askLibrary } from '../../../shared/lookup/phone';
export { quickE164 } from '../../../shared/lookup/phone-quick';
