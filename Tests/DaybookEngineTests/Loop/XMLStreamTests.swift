import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: a stream of XML")
struct XMLStreamTests {
  private static let body = "<settings><data><value at='1'>5</value><value/></data></settings>"

  private func bench() throws -> Bench {
    try Bench {
      $0.provider = .bench {
        $0.streams[0].document = .xml(entities: ["hellip"])
        $0.streams[0].items = [
          JSONPointer(segments: ["settings", "data", "value"].map { .key($0) })
        ]
      }
    }
  }

  @Test("its call says where the body goes and how it is scanned")
  func call() throws {
    let bench = try bench()
    let call = try bench.call("steps 2018-06-14")
    guard case .spool(let path, let plan) = call.reception else {
      Issue.record("not to the archive")
      return
    }
    #expect(path.file == "2018-06-14.xml" && path.folder == "me/steps/2018/06")
    #expect(plan.document == .xml(entities: ["hellip"]))
  }

  @Test("a whole document is a day")
  func good() throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-14"), 200, Self.body)
    #expect(bench.filing.first?.spooled.path.file == "2018-06-14.xml")
    bench.persist()
    let row = try bench.row("2018-06-14")
    #expect(row.state == .open && row.stored?.read.items == 2)
    try bench.checkCounts()
  }

  @Test("a body cut at any byte is none")
  func cut() throws {
    for count in 0..<Self.body.utf8.count {
      let bench = try bench()
      let call = try bench.call("steps 2018-06-14")
      bench.answer(call, 200, String(Self.body.prefix(count)))
      #expect(bench.filing.isEmpty)
      let row = try bench.row("2018-06-14")
      #expect(row.state == .failing && row.reason?.contains("no whole document") == true)
      #expect(bench.logged(.pageChanged).isEmpty)
    }
  }

  @Test(
    "a page of HTML is told as one, well-formed or not",
    arguments: ["<html>", "<html><body/></html>", "<!DOCTYPE html><html/>"])
  func page(body: String) throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-14"), 200, body)
    #expect(try bench.row("2018-06-14").state == .failing)
    #expect(bench.logged(.pageChanged).count == 1 && bench.filing.isEmpty)
  }

  @Test("two reads are equal when their elements are")
  func equal() throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, Self.body)
    bench.persist()
    let first = try bench.row("2018-06-15").stored?.read.digest
    bench.pass(.hours(3))
    let spread = Self.body.replacing("<value", with: "\n  <value")
    bench.answer(try bench.call("steps 2018-06-15"), 200, spread)
    if !bench.filing.isEmpty { bench.persist() }
    #expect(try bench.row("2018-06-15").stored?.read.digest == first)
  }

  @Test("verify scans its files as it scanned the answers")
  func verify() throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-14"), 200, Self.body)
    bench.persist()
    var request = VerifyRequest()
    request.repair = true
    bench.command(.verify(request))
    let job = try #require(bench.checks.first)
    #expect(job.plan == bench.lane.streams[0].spec.filePlan)
    #expect(job.plan.document == .xml(entities: ["hellip"]))
  }
}
