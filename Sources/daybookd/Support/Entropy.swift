import CLinux
import Glibc

/// Random bytes of the kernel (getrandom(2)); the only source of chance in the program.
enum Entropy {
  static func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes { clinux_random($0.baseAddress! + done, count - done) }
      precondition(got > 0 || errno == EINTR, "getrandom(2) cannot fail for another reason")
      done += max(0, got)
    }
    return bytes
  }

  static func number() -> UInt64 {
    bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
