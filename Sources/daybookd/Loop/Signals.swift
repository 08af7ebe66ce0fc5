import Dispatch
import Glibc

/// The signals that mean something: SIGTERM and SIGINT stop, SIGHUP reloads. Kept as long as they
/// are to be heard.
final class Signals {
  enum Meaning: Hashable { case stop, reload, stopNow }

  private var sources: [any DispatchSourceSignal] = []

  /// `heard` runs on `queue`. A second SIGINT means that a person does not want to wait.
  init(queue: DispatchQueue, heard: @escaping @Sendable (Meaning) -> Void) {
    let interrupts = InterruptCount()
    listen(SIGTERM, queue) { heard(.stop) }
    listen(SIGHUP, queue) { heard(.reload) }
    listen(SIGINT, queue) { heard(interrupts.next()) }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  private func listen(
    _ number: Int32, _ queue: DispatchQueue, _ action: @escaping @Sendable () -> Void
  ) {
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler(handler: action)
    source.activate()
    sources.append(source)
  }
}

/// Confined to the queue of the signals.
private final class InterruptCount: @unchecked Sendable {
  private var seen = 0

  func next() -> Signals.Meaning {
    seen += 1
    return seen == 1 ? .stop : .stopNow
  }
}
