import QRCode from 'qrcode'

export type Qr = { size: number; path: string; address: string }

/** An address as the squares of a QR code, drawn by the page itself: no request of its own, nothing for the CSP to allow. */
export function qrOf(address: string): Qr {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`
  return { size, path, address }
}
