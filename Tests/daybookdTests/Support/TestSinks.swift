import DaybookCore
import DaybookEngine

@testable import daybookd

extension BodySink {
  /// Keeps the whole body in memory and finds nothing wrong with it. `onBlock` is called with the
  /// size of each block before it is taken.
  static func keeping(
    onBlock: @escaping (Int) throws(TransportFailure) -> Void = { _ in }
  ) -> BodySink {
    var body: [UInt8] = []
    return BodySink(
      begin: { _ in },
      receive: { bytes throws(TransportFailure) in
        try onBlock(bytes.count)
        body.append(contentsOf: bytes)
      },
      finish: { status, headers in .success(.plain(status, headers, body)) },
      abandon: { body = [] })
  }

  /// Counts the body, however large, and answers with an empty one.
  static func counting(
    onBlock: @escaping (Int) throws(TransportFailure) -> Void
  ) -> BodySink {
    BodySink(
      begin: { _ in },
      receive: { bytes throws(TransportFailure) in try onBlock(bytes.count) },
      finish: { status, headers in .success(.plain(status, headers, [])) },
      abandon: {})
  }
}

extension Answer {
  static func plain(_ status: Int, _ headers: [Field], _ body: [UInt8]) -> Answer {
    Answer(
      status: status, headers: headers, body: .memory(body),
      scan: ScanReport(fault: nil, items: 0, digest: SHA256.digest([]), captured: []))
  }
}

extension BodySink {
  /// Keeps the body and scans it, as an account's answers are.
  static func scanning(_ plan: ScanPlan) -> BodySink {
    var body: [UInt8] = []
    let scanner = JSONScanner(plan)
    return BodySink(
      begin: { _ in },
      receive: { bytes throws(TransportFailure) in
        body.append(contentsOf: bytes)
        scanner.feed(bytes)
      },
      finish: { status, headers in
        let scan = scanner.finish()
        return .success(Answer(status: status, headers: headers, body: .memory(body), scan: scan))
      },
      abandon: {})
  }
}
