import DaybookCore
import DaybookEngine
import Locking

/// The archive, which may not be there yet when the daemon starts: a disk that is mounted later.
/// Each of its operations looks for it anew and says when it is away; making it, where the ledger is
/// new, is tried at the start and again with each probe.
final class ArchiveDoor: Sendable {
  let archive: Archive
  private let toMake: Mutex<Bool>

  /// `mayCreate`: a new or empty folder becomes the archive of this ledger.
  init(root: String, ledgerID: String, mayCreate: Bool) {
    archive = Archive(unopened: root, ledgerID: ledgerID)
    toMake = Mutex(mayCreate)
  }

  /// Sees whether the archive is there and can be written. `makes`: a new or empty folder becomes the
  /// archive, this time.
  func probe(makes: Bool = false) -> ProbeResult {
    do throws(ArchiveFailure) {
      if makes || toMake.withLock({ $0 }) {
        try archive.make()
        toMake.withLock { $0 = false }
      }
      return archive.probe()
    } catch {
      switch error {
      case .full(let text): return .full(text)
      case .away(let text): return .away(text)
      case .syncFailed(let text), .obstructed(let text), .failed(let text): return .failed(text)
      }
    }
  }

  /// Where the body of this call's answer goes.
  func sink(for call: Call) -> BodySink {
    let receiver = BodyReceiver(call.reception, archive: archive)
    return BodySink(
      begin: { receiver.begin(status: $0) },
      receive: { bytes throws(TransportFailure) in try receiver.receive(bytes) },
      finish: { receiver.finish(status: $0, headers: $1) },
      abandon: { receiver.abandon() })
  }
}
