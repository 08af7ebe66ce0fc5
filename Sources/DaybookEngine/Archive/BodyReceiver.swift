import DaybookCore

/// Takes the body of one answer as it arrives: counts it, scans it, and keeps it where its
/// ``Reception`` says. Decoded bytes (no gzip) are expected. One thread at a time may use it.
///
/// Order: ``begin(status:)``, ``receive(_:)`` any number of times, then ``finish(status:headers:)``
/// or ``abandon()``. After an error only the last two do anything.
public final class BodyReceiver: @unchecked Sendable {
  private enum Place {
    case none
    /// Bytes past the limit are dropped, or refused.
    case memory(dropsRest: Bool)
    case spool(SpoolWriter)
  }
  private let reception: Reception
  private let archive: Archive
  private let scanner: BodyScanner
  private let bodyLimit: Int64
  private var place = Place.none
  private var memory: [UInt8] = []
  private var received: Int64 = 0
  private var failure: TransportFailure?
  private var hasBegun = false

  public convenience init(_ reception: Reception, archive: Archive) {
    self.init(reception, archive: archive, limit: Limits.bodyBytes)
  }

  init(_ reception: Reception, archive: Archive, limit: Int64) {
    self.reception = reception
    self.archive = archive
    self.bodyLimit = limit
    self.scanner = BodyScanner(reception.plan)
  }

  /// The final status line has arrived: decides where the body goes. A temporary file that cannot
  /// be made is reported by the next call.
  public func begin(status: Int) {
    precondition(!hasBegun, "an answer begins once")
    hasBegun = true
    switch reception {
    case .memory: place = .memory(dropsRest: false)
    case .spool where status != 200: place = .memory(dropsRest: true)
    case .spool(let path, _):
      do throws(ArchiveFailure) { place = .spool(try archive.openSpool(for: path)) } catch {
        failure = TransportFailure(error)
      }
    }
  }

  /// - Throws: `.tooLarge` past the limit of the place, `.diskFull`, `.archiveAway` and `.disk`
  ///   when the temporary file cannot be written.
  public func receive(_ bytes: UnsafeRawBufferPointer) throws(TransportFailure) {
    precondition(hasBegun, "bytes before the status")
    if let failure { throw failure }
    do throws(TransportFailure) {
      try store(bytes)
    } catch {
      failure = error
      abandon()
      throw error
    }
    scanner.feed(bytes)
  }

  private func store(_ bytes: UnsafeRawBufferPointer) throws(TransportFailure) {
    received += Int64(bytes.count)
    switch place {
    case .none: throw TransportFailure(.cancelled)
    case .memory(let dropsRest):
      if !dropsRest { try limit(to: Int64(Limits.smallBodyBytes)) }
      try limit(to: bodyLimit)
      memory.append(contentsOf: bytes.prefix(Limits.smallBodyBytes - memory.count))
    case .spool(let writer):
      try limit(to: bodyLimit)
      do throws(ArchiveFailure) { try writer.write(bytes) } catch {
        throw TransportFailure(error)
      }
    }
  }

  private func limit(to bytes: Int64) throws(TransportFailure) {
    guard received > bytes else { return }
    throw TransportFailure(.tooLarge, "more than \(bytes) bytes")
  }

  /// The transport says that the answer has ended. Whether it is whole the scan tells: an answer
  /// with a fault is an answer, with its temporary file, and never a day.
  public func finish(status: Int, headers: [Field]) -> Result<Answer, TransportFailure> {
    if !hasBegun { begin(status: status) }
    if let failure { return .failure(failure) }
    let body: Answer.Body
    switch place {
    case .none: return .failure(TransportFailure(.cancelled))
    case .memory: body = .memory(memory)
    case .spool(let writer):
      do throws(ArchiveFailure) { body = .spooled(try writer.finish()) } catch {
        return .failure(TransportFailure(error))
      }
    }
    place = .none
    let scan = scanner.finish()
    return .success(Answer(status: status, headers: headers, body: body, scan: scan))
  }

  /// Ends without an answer; a temporary file is removed. Does nothing after the end.
  public func abandon() {
    if case .spool(let writer) = place { writer.abandon() }
    place = .none
    memory = []
  }
}

extension TransportFailure {
  /// Why a temporary file could not be written.
  init(_ failure: ArchiveFailure) {
    switch failure {
    case .full(let text): self.init(.diskFull, text)
    case .away(let text): self.init(.archiveAway, text)
    case .syncFailed(let text), .obstructed(let text), .failed(let text):
      self.init(.disk, text)
    }
  }
}
