import { api, body } from "@/api/client";

/** Whether this browser can be asked for passkeys in the words of the server. */
export const takesPasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Whether it offers them while an address is typed. */
export async function offersPasskeys(): Promise<boolean> {
  return takesPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** What the browser says when its person let the question pass, or has no passkey here. */
export const wasLetPass = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");

/** As the server sends options, bytes in base64url. */
interface Options<Of> {
  publicKey: Of;
}

const asJson = (credential: Credential | null): Record<string, never> => {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException("none", "NotAllowedError");
  return credential.toJSON();
};

/** Asks for a passkey and logs in with it. While an address is typed, the browser offers it and does not press. */
export async function logInWithPasskey(signal: AbortSignal, isOffer: boolean): Promise<void> {
  const { challenge_id, options } = await body(api.POST("/api/auth/passkeys/challenge", { signal }));
  const { publicKey } = options as unknown as Options<PublicKeyCredentialRequestOptionsJSON>;
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
    signal,
    ...(isOffer ? { mediation: "conditional" as const } : {}),
  });
  await body(
    api.POST("/api/auth/passkeys/login", { body: { challenge_id, credential: asJson(credential) } }),
  );
}

/** Has an authenticator make a passkey, and keeps it under that name. */
export async function makePasskey(name: string, password: string | undefined) {
  const proof = password ? { password } : {};
  const { challenge_id, options } = await body(api.POST("/api/auth/passkeys/registration", { body: proof }));
  const { publicKey } = options as unknown as Options<PublicKeyCredentialCreationOptionsJSON>;
  const credential = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
  });
  return body(
    api.POST("/api/auth/passkeys", {
      body: { challenge_id, credential: asJson(credential), ...(name ? { name } : {}) },
    }),
  );
}
