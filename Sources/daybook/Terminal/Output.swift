import CLinux
import Glibc

/// Where text goes: standard output or standard error, or a pipe in the tests. Everything the
/// command says passes here.
///
/// Who reads may go away at any time (`| head`): that ends the command quietly with
/// ``ExitStatus/outputClosed``. Any other error, a full disk say, is told on standard error.
final class Output {
  let descriptor: Int32
  let isTerminal: Bool
  /// Lines can be redrawn in place.
  let redraws: Bool
  private let colour: Bool
  private let fixedColumns: Int?

  /// `environment`: `NO_COLOR` (https://no-color.org), `TERM=dumb` and `COLUMNS` count.
  init(_ descriptor: Int32, environment: [String: String]) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    redraws = isTerminal && environment["TERM"] != "dumb"
    let plain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    colour = redraws && !plain
    fixedColumns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// What to render for: the terminal's width now, `COLUMNS`, or 80.
  var look: Look {
    let measured = isTerminal ? Int(clinux_columns(descriptor)) : 0
    return Look(columns: measured > 0 ? measured : fixedColumns ?? 80, colour: colour)
  }

  /// Rows of the terminal; 24 where there is none.
  var rows: Int {
    let measured = isTerminal ? Int(clinux_rows(descriptor)) : 0
    return measured > 0 ? measured : 24
  }

  /// Writes all of it, or throws.
  func write(_ text: String) throws(Failure) {
    try write(Array(text.utf8))
  }

  /// The text and a newline.
  func line(_ text: String) throws(Failure) { try write(text + "\n") }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.write(descriptor, raw.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if count >= 0 {
        done += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: Ready.waitToWrite(descriptor)
      case EPIPE: throw Failure(.outputClosed, "")
      default: throw Failure(.outputFailed, "cannot write the output: \(errorText(errno))")
      }
    }
  }
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String {
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}
