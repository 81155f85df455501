/** Provisional (the regex engineer replaces this file): IPv4 alone. */
export function inNetwork(text: string, network: string): boolean {
  const [base, bits] = network.split('/');
  const read = (address: string) => {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
    return parts?.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
  };
  const [a, b] = [read(text), read(base ?? '')];
  const size = 2 ** (32 - Number(bits ?? 32));
  return a !== undefined && b !== undefined && Math.floor(a / size) === Math.floor(b / size);
}
