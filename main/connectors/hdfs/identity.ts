/** How requests say who asks. */
export type Identity = {
  user: string;
  /** The `Authorization` header of a gateway; it is sent to the addresses given, and nowhere else. */
  authorization?: string | undefined;
  /** A delegation token, or what gets one for an address; it stands in place of the user's name. */
  delegation?: string | ((base: URL, signal: AbortSignal | undefined) => Promise<string>) | undefined;
  /** Sends `X-XSRF-HEADER`, without which some services refuse changes or all requests. */
  xsrfHeader?: boolean | undefined;
};

/** The parameters of a request that name who asks. */
export async function whoAsks(
  { user, delegation }: Identity,
  base: URL,
  signal: AbortSignal | undefined,
): Promise<Record<string, string>> {
  if (delegation === undefined) return { 'user.name': user };
  return { delegation: typeof delegation === 'string' ? delegation : await delegation(base, signal) };
}

/** The headers of a request: what only a trusted place may see, and what any may. */
export function headersFor(
  { authorization, xsrfHeader }: Identity,
  trusted: boolean,
): Record<string, string> {
  return {
    ...(authorization !== undefined && trusted && { authorization }),
    ...(xsrfHeader && { 'x-xsrf-header': 'dataharmonize' }),
  };
}
