/**
 * What a <style> element made by a script needs for the content security policy to let it through. Pass it to
 * AG Grid (`styleNonce`), CodeMirror (`EditorView.cspNonce`) and Base UI (`CSPProvider`).
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
