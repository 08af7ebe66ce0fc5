import CSystemd
import DaybookCore
import Dispatch
import Glibc
import Locking

/// Writes each entry once, as one line. Writing happens on a queue of its own, so that a reader of
/// our stderr who has stopped reading cannot stop the program; what then no longer fits is counted,
/// and the count is written when there is room again.
final class LogWriter: Sendable {
  private let destination: LogDestination
  /// Entries less severe are left out.
  private let threshold: Priority
  private let queue = DispatchQueue(label: "daybookd.log")
  private let backlog = Mutex(Backlog())

  private struct Backlog {
    var waiting = 0
    var dropped = 0
  }

  init(to destination: LogDestination, threshold: Priority = .info) {
    self.destination = destination
    self.threshold = threshold
  }

  /// From any thread; never waits.
  func write(_ entry: Entry, at time: Instant = Clock.now().wall) {
    guard entry.message.priority <= threshold else { return }
    let fits = backlog.withLock { backlog in
      guard backlog.waiting < Limits.logLinesWaiting else {
        backlog.dropped += 1
        return false
      }
      backlog.waiting += 1
      return true
    }
    guard fits else { return }
    queue.async { self.put(entry, at: time) }
  }

  /// Returns when all that was written before is out, or after this long.
  func flush(within limit: Duration = .seconds(1)) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    _ = done.wait(timeout: .now() + .microseconds(Int(limit.inMicroseconds)))
  }

  private func put(_ entry: Entry, at time: Instant) {
    emit(entry, at: time)
    let dropped = backlog.withLock { backlog in
      backlog.waiting -= 1
      defer { backlog.dropped = 0 }
      return backlog.dropped
    }
    guard dropped > 0 else { return }
    let text = "\(dropped) lines were dropped: nobody read them in time"
    emit(Entry(.linesDropped, text), at: Clock.now().wall)
  }

  private func emit(_ entry: Entry, at time: Instant) {
    switch destination {
    case .journal: LogWriter.sendToJournal(LogLine.fields(entry))
    case .terminal(let fd, let colour):
      LogWriter.writeAll(LogLine.terminal(entry, at: time, colour: colour), to: fd)
    case .plain(let fd): LogWriter.writeAll(LogLine.plain(entry, at: time), to: fd)
    }
  }

  private static func sendToJournal(_ fields: [String]) {
    let texts = fields.map { Array($0.utf8) }
    let bytes = texts.flatMap { $0 }
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var offset = 0
      let vectors = texts.map { text in
        defer { offset += text.count }
        // sd_journal_sendv(3) only reads, whatever iovec's type says.
        return iovec(
          iov_base: UnsafeMutableRawPointer(mutating: base + offset), iov_len: text.count)
      }
      // With no journal there is nobody to tell.
      _ = sd_journal_sendv(vectors, Int32(vectors.count))
    }
  }

  private static func writeAll(_ line: String, to fd: Int32) {
    let bytes = Array(line.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(fd, $0.baseAddress! + done, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      // Nobody reads our words any more: go on without.
      guard count > 0 else { return }
      done += count
    }
  }
}
