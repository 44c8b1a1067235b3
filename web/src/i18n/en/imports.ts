/** Files on their way from a connected account. */
export const imports = {
  label: "Files on their way from connected accounts",
  turn: "Waiting for its turn",
  turnOf: "Waiting for its turn, {{total}}",
  progress: "{{received}} of {{total}}",
  soFar: "{{received}} so far",
  checking: "Checking the file",
  failed: "{{name}} did not arrive",
  retry: "Try again",
  retryNamed: "Try {{name}} again",
  notRetried: "{{name}} is not tried again",
  callOff: "Call {{name}} off",
  dismiss: "Dismiss {{name}}",
  notCalledOff: "{{name}} is not called off",
  connection: "Open the connection",
};
