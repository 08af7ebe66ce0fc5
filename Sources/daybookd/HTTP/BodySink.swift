import DaybookCore
import DaybookEngine

/// Where the body of one answer goes: scanned, hashed and kept. Made and used on one body queue,
/// by one transfer, in this order: `begin`, `receive` any number of times, then `finish` or
/// `abandon`; `abandon` may follow `finish` when nobody wants the answer any more.
struct BodySink {
  /// The final status, before the first byte.
  var begin: (_ status: Int) -> Void
  /// The next bytes of the decoded body, valid during the call. Throwing ends the transfer.
  var receive: (UnsafeRawBufferPointer) throws(TransportFailure) -> Void
  /// The transport saw the end of the answer.
  var finish: (_ status: Int, _ headers: [Field]) -> Result<Answer, TransportFailure>
  /// Drops what was kept.
  var abandon: () -> Void
}
