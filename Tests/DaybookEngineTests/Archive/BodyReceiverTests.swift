import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Receiving a body")
struct BodyReceiverTests {
  private let plan = ScanPlan(items: [JSONPointer(segments: [.key("steps")])])
  private var spooling: Reception { .spool(ArchiveFixture.path(), plan) }

  private func receive(_ receiver: BodyReceiver, _ bytes: [UInt8]) throws(TransportFailure) {
    var failure: TransportFailure?
    bytes.withUnsafeBytes { bytes in
      do throws(TransportFailure) { try receiver.receive(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// One answer, its body in pieces of `piece` bytes.
  private func answer(
    _ fixture: ArchiveFixture, _ reception: Reception, status: Int = 200, _ text: String,
    piece: Int = 3
  ) throws -> Result<Answer, TransportFailure> {
    let receiver = BodyReceiver(reception, archive: fixture.archive)
    receiver.begin(status: status)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try receive(receiver, Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
    }
    return receiver.finish(status: status, headers: [Field("date", "today")])
  }

  @Test(
    "a day's body ends in a temporary file, scanned and hashed on the way", arguments: [1, 3, 99])
  func spooled(piece: Int) throws {
    let fixture = try ArchiveFixture()
    let text = #"{"steps": [1, 2]}"#
    let answer = try answer(fixture, spooling, text, piece: piece).get()
    guard case .spooled(let spooled) = answer.body else {
      Issue.record("not spooled")
      return
    }
    #expect(answer.status == 200)
    #expect(answer.header("date") == "today")
    #expect(answer.scan == JSONScanner.scan(Array(text.utf8), plan))
    #expect(answer.scan.items == 2)
    #expect(spooled.size == Int64(text.utf8.count))
    #expect(spooled.sha256 == SHA256.digest(Array(text.utf8)))
    #expect(fixture.text("me/steps/2016/06/\(spooled.temporary)") == text)
  }

  @Test(
    "a cut body is an answer with a fault, at each byte",
    arguments: [
      #"{"steps": [1, 2]}"#, #"[{"a":"é\n"}]"#,
    ])
  func cut(text: String) throws {
    let fixture = try ArchiveFixture()
    let bytes = Array(text.utf8)
    for count in 0..<bytes.count {
      let receiver = BodyReceiver(spooling, archive: fixture.archive)
      receiver.begin(status: 200)
      try receive(receiver, Array(bytes.prefix(count)))
      let answer = try receiver.finish(status: 200, headers: []).get()
      #expect(answer.scan.fault != nil, "cut at \(count)")
      guard case .spooled(let spooled) = answer.body else {
        Issue.record("not spooled, cut at \(count)")
        return
      }
      fixture.archive.discard(spooled)
    }
    #expect(fixture.files == [])
  }

  @Test("a 200 without a body is an answer with an empty file and a fault")
  func empty() throws {
    let fixture = try ArchiveFixture()
    let receiver = BodyReceiver(spooling, archive: fixture.archive)
    let answer = try receiver.finish(status: 200, headers: []).get()
    #expect(answer.scan.fault?.reason == .empty)
    #expect(fixture.temporaries.count == 1)
  }

  @Test(
    "an error's body stays in memory and makes no folder", arguments: [204, 401, 404, 429, 503])
  func errors(status: Int) throws {
    let fixture = try ArchiveFixture()
    let answer = try answer(fixture, spooling, status: status, #"{"error": "no"}"#).get()
    guard case .memory(let bytes) = answer.body else {
      Issue.record("not in memory")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"error": "no"}"#)
    #expect(answer.status == status)
    #expect(answer.scan.fault == nil)
    #expect(fixture.tree == [])
  }

  @Test("of a large error's body the first part is kept and all of it scanned")
  func largeError() throws {
    let fixture = try ArchiveFixture()
    let text = "[\"" + String(repeating: "x", count: Limits.smallBodyBytes) + "\"]"
    let answer = try answer(fixture, spooling, status: 500, text, piece: 65_536).get()
    guard case .memory(let bytes) = answer.body else {
      Issue.record("not in memory")
      return
    }
    #expect(bytes == Array(text.utf8.prefix(Limits.smallBodyBytes)))
    #expect(answer.scan.fault == nil)
  }

  @Test("in memory a body may have the limit and no byte more", arguments: [0, 1])
  func memoryLimit(more: Int) throws {
    let fixture = try ArchiveFixture()
    let receiver = BodyReceiver(.memory(plan), archive: fixture.archive)
    receiver.begin(status: 200)
    let space = [UInt8](repeating: 0x20, count: Limits.smallBodyBytes - 2 + more)
    try receive(receiver, [0x5b])
    try receive(receiver, space)
    if more == 0 {
      try receive(receiver, [0x5d])
      #expect(try receiver.finish(status: 200, headers: []).get().scan.fault == nil)
    } else {
      let failure = #expect(throws: TransportFailure.self) { try receive(receiver, [0x5d]) }
      #expect(failure?.reason == .tooLarge)
      #expect(throws: TransportFailure.self) { try receive(receiver, [0x5d]) }
      let end = receiver.finish(status: 200, headers: [])
      #expect(throws: TransportFailure.self) { try end.get() }
    }
  }

  @Test("a day's body past its limit is refused and its file removed")
  func spoolLimit() throws {
    // Writing is left out: 256 MiB of it would only warm the disk.
    let fixture = try ArchiveFixture()
    let receiver = BodyReceiver(spooling, archive: fixture.archive, limit: 1_000)
    receiver.begin(status: 200)
    try receive(receiver, [UInt8](repeating: 0x20, count: 1_000))
    #expect(fixture.temporaries.count == 1)
    let failure = #expect(throws: TransportFailure.self) { try receive(receiver, [0x20]) }
    #expect(failure?.reason == .tooLarge)
    #expect(failure?.detail == "more than 1000 bytes")
    #expect(fixture.temporaries == [])
  }

  @Test(
    "a disk that refuses is told by the next call",
    arguments: [
      (ENOSPC, TransportFailure.Reason.diskFull), (EDQUOT, .diskFull), (EIO, .disk),
    ])
  func disk(code: Int32, reason: TransportFailure.Reason) throws {
    for place in ["open", "write"] {
      let fixture = try ArchiveFixture()
      let receiver = BodyReceiver(spooling, archive: fixture.archive)
      fixture.recorder.set(
        .rule { operation in
          switch operation {
          case .create where place == "open": code
          case .write where place == "write": code
          default: 0
          }
        })
      receiver.begin(status: 200)
      let failure = #expect(throws: TransportFailure.self) { try receive(receiver, [0x5b]) }
      #expect(failure?.reason == reason)
      guard case .failure(let again) = receiver.finish(status: 200, headers: []) else {
        Issue.record("an answer although the disk refused")
        return
      }
      #expect(again == failure)
      #expect(fixture.files == [])
    }
  }

  @Test("an archive that is away is told apart from a disk that cannot be written")
  func away() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.remove("archive/.daybook")
    let receiver = BodyReceiver(spooling, archive: fixture.archive)
    let end = receiver.finish(status: 200, headers: [])
    let failure = #expect(throws: TransportFailure.self) { try end.get() }
    #expect(failure?.reason == .archiveAway)
    #expect(failure?.detail.contains("not mounted?") == true)
  }

  @Test("abandoned or dropped in the middle, nothing is left", arguments: [true, false])
  func abandoned(byCall: Bool) throws {
    let fixture = try ArchiveFixture()
    do {
      let receiver = BodyReceiver(spooling, archive: fixture.archive)
      receiver.begin(status: 200)
      try receive(receiver, [0x5b])
      #expect(fixture.temporaries.count == 1)
      if byCall {
        receiver.abandon()
        receiver.abandon()
        let end = receiver.finish(status: 200, headers: [])
        #expect(throws: TransportFailure.self) { try end.get() }
      }
    }
    #expect(fixture.temporaries == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("abandoning after the end leaves the finished file")
  func afterEnd() throws {
    let fixture = try ArchiveFixture()
    let receiver = BodyReceiver(spooling, archive: fixture.archive)
    receiver.begin(status: 200)
    _ = try receiver.finish(status: 200, headers: []).get()
    receiver.abandon()
    #expect(fixture.temporaries.count == 1)
  }
}
