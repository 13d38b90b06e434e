/** The bytes of payloads. */

const IN_A_LINE = 16;

/** The payload byte for byte as it was sent, up to the stored length. */
export function bytesOf({ payload, payloadBase64 }) {
  return payloadBase64 === null ? new TextEncoder().encode(payload) : Uint8Array.from(atob(payloadBase64), (one) => one.charCodeAt(0));
}

/** Lines of sixteen bytes: offset, hexadecimal, and the characters of ASCII. */
export function dump(bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += IN_A_LINE) {
    const some = [...bytes.subarray(i, i + IN_A_LINE)];
    const hex = some.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = some.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${i.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * IN_A_LINE - 1)}  ${text}`);
  }
  return lines.join('\n');
}
