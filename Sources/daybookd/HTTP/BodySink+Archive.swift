import DaybookCore
import DaybookEngine

extension BodySink {
  /// Into the archive, as the reception says. Abandoned after its end, the temporary file is
  /// removed too.
  init(_ reception: Reception, archive: Archive) {
    let receiver = BodyReceiver(reception, archive: archive)
    var finished: Spooled?
    self.init(
      begin: { receiver.begin(status: $0) },
      receive: { bytes throws(TransportFailure) in try receiver.receive(bytes) },
      finish: { status, headers in
        let result = receiver.finish(status: status, headers: headers)
        if case .success(let answer) = result, case .spooled(let spooled) = answer.body {
          finished = spooled
        }
        return result
      },
      abandon: {
        receiver.abandon()
        if let spooled = finished { archive.discard(spooled) }
        finished = nil
      })
  }
}
