import DaybookCore
import DaybookEngine
import Foundation
import Testing

@testable import daybookd

@Suite("HTTP client: bodies into the archive", .timeLimit(.minutes(1)))
struct BodySinkArchiveTests {
  private let path = DayPath(account: "me", stream: "steps", day: Day(number: 17_000))

  /// An archive in a folder that is gone afterwards.
  private func withArchive<R>(_ body: (Archive) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory.path + "/daybook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(Archive(root: folder, ledgerID: "l1", create: true))
  }

  private func files(of archive: Archive) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: archive.path + "/" + path.folder)) ?? []
  }

  private func get(
    _ archive: Archive, status: String = "200 OK", headers: [String] = [], body: [UInt8],
    reception: Reception
  ) async throws -> Reply {
    let server = ScriptedServer { connection in
      while connection.readRequest() != nil {
        connection.answer(body, status: status, headers: headers)
      }
    }
    defer { server.stop() }
    let client = try TestClient(sink: { BodySink($0.reception, archive: archive) })
    let reply = await client.perform(.get(server.url(), reception: reception))
    await client.stop()
    return reply
  }

  @Test(
    "a day is written to a temporary file in its folder, hashed and scanned",
    arguments: [false, true])
  func day(zipped: Bool) async throws {
    let items = try #require(JSONPointer("/items"))
    let text = Array("{\"items\":[\((0..<50_000).map(String.init).joined(separator: ","))]}".utf8)
    try await withArchive { archive in
      let reply = try await get(
        archive, headers: zipped ? ["Content-Encoding: gzip"] : [],
        body: zipped ? Gzip.stored(text) : text,
        reception: .spool(path, ScanPlan(items: [items])))
      let answer = try #require(reply.answer)
      guard case .spooled(let spooled) = answer.body else {
        Issue.record("not spooled")
        return
      }
      #expect(spooled.size == Int64(text.count))
      #expect(spooled.sha256 == SHA256.digest(text))
      #expect(answer.scan.fault == nil)
      #expect(answer.scan.items == 50_000)
      #expect(files(of: archive) == [spooled.temporary])
    }
  }

  @Test("an error page to a day stays in memory")
  func errorPage() async throws {
    try await withArchive { archive in
      let reply = try await get(
        archive, status: "429 Later", body: Array("{\"wait\":1}".utf8),
        reception: .spool(path, ScanPlan()))
      #expect(reply.answer?.status == 429)
      #expect(reply.text == "{\"wait\":1}")
      #expect(files(of: archive).isEmpty)
    }
  }

  @Test("a 304 to a day has an empty body in memory, and no file")
  func unchanged() async throws {
    try await withArchive { archive in
      let server = ScriptedServer { connection in
        guard connection.readRequest() != nil else { return }
        connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n")
      }
      defer { server.stop() }
      let client = try TestClient(sink: { BodySink($0.reception, archive: archive) })
      let reply = await client.perform(.get(server.url(), reception: .spool(path, ScanPlan())))
      #expect(reply.answer?.status == 304)
      #expect(reply.text == "")
      #expect(reply.answer?.scan.fault?.reason == .empty)
      #expect(files(of: archive).isEmpty)
      await client.stop()
    }
  }

  @Test("a cut answer leaves no file")
  func cut() async throws {
    try await withArchive { archive in
      let server = ScriptedServer { connection in
        guard connection.readRequest() != nil else { return }
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[1,2")
      }
      defer { server.stop() }
      let client = try TestClient(sink: { BodySink($0.reception, archive: archive) })
      let reply = await client.perform(.get(server.url(), reception: .spool(path, ScanPlan())))
      #expect(reply.failure?.reason == .cut)
      await client.stop()
      #expect(await eventually { files(of: archive).isEmpty })
    }
  }

  @Test("a sink abandoned before or after its end leaves no file", arguments: [false, true])
  func abandoned(afterEnd: Bool) async throws {
    try await withArchive { archive in
      let sink = BodySink(.spool(path, ScanPlan()), archive: archive)
      sink.begin(200)
      try Array("[1]".utf8).withUnsafeBytes { try sink.receive($0) }
      #expect(files(of: archive).count == 1)
      if afterEnd { _ = try sink.finish(200, []).get() }
      sink.abandon()
      #expect(files(of: archive).isEmpty)
    }
  }

  @Test("an archive that is away ends the call, not the client")
  func away() async throws {
    try await withArchive { archive in
      try FileManager.default.removeItem(atPath: archive.path + "/.daybook")
      let reply = try await get(
        archive, body: Array("[1]".utf8), reception: .spool(path, ScanPlan()))
      #expect(reply.failure?.reason == .archiveAway)
      #expect(reply.sends == 1)
    }
  }
}
