import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: asking for days")
struct EngineDaysTests {
  @Test("a day's call is complete: where, who, what, and where the body goes")
  func call() throws {
    let bench = try Bench {
      $0.accounts[0].timeout = .seconds(7)
      $0.accounts[0].allowPlainHTTP = true
    }
    let call = try bench.call("steps 2018-06-14")
    #expect(call.url == "https://api.p.test/v1/steps/2018-06-14")
    #expect(call.method == .get && call.kind == .data && call.body == nil)
    #expect(call.header("Accept") == "application/json")
    #expect(call.header("Authorization") == "Bearer access-1")
    #expect(call.header("If-None-Match") == nil)
    #expect(call.timeout == .seconds(7) && call.allowPlainHTTP && !call.freshConnection)
    #expect(call.reception.plan.items == [.items])
  }

  @Test("a provider without a sign-in is sent no token")
  func noToken() throws {
    let bench = try Bench {
      $0.provider = .bench(login: .none)
      $0.accounts = [.bench("me", client: nil)]
    }
    #expect(try bench.call("steps 2018-06-14").header("Authorization") == nil)
  }

  @Test("an open day is asked about with its ETag, and a resync asks without it")
  func etag() throws {
    let bench = try Bench()
    for call in bench.open { bench.store(call, headers: [Field("etag", "\"e1\"")]) }
    bench.pass(.hours(3))
    let call = try bench.call("steps 2018-06-15")
    #expect(call.header("If-None-Match") == "\"e1\"")
    bench.answer(call, 304)
    #expect(try bench.row("2018-06-15").stored?.reads == 2)
    bench.command(.resync(ResyncRequest(account: "me")))
    #expect(try bench.call("steps 2018-06-15").header("If-None-Match") == nil)
  }

  @Test("a long ETag is not worth keeping")
  func longTag() throws {
    for (length, isKept) in [(Limits.etagBytes, true), (Limits.etagBytes + 1, false)] {
      let bench = try Bench()
      let tag = String(repeating: "e", count: length)
      bench.store(try bench.call("steps 2018-06-15"), headers: [Field("etag", tag)])
      #expect(try bench.engine.ledger.etag(bench.key("2018-06-15")) == (isKept ? tag : nil))
    }
  }

  @Test("an answer that nobody waits for is dropped, its body too")
  func unknown() throws {
    let bench = try Bench()
    let call = try bench.call("steps 2018-06-15")
    let answer = bench.makeAnswer(call, 200, Bench.items(1), [])
    bench.handle(.replied(CallID(999), Reply(.answered(answer))))
    #expect(bench.filing.isEmpty && bench.discarded.count == 1 && bench.open.count == 4)
  }

  @Test("a day that has not begun, since the clock went back, waits for its begin")
  func future() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.wall = bench.wall - .days(1)
    try bench.change("2018-06-15") {
      $0.workClass = .fresh
      $0.nextAt = nil
    }
    bench.handle(.clockStepped)
    #expect(!bench.asked.contains("steps 2018-06-15"))
    #expect(try bench.row("2018-06-15").nextAt == Bench.moment("2018-06-15T00:00:00Z"))
  }

  @Test(
    "what an answer looks like decides, not its status alone",
    arguments: [
      (Bench.items(1), DayState.open), ("", .failing), ("{\"items\":[1", .failing),
      ("<html>", .failing), ("{}", .open),
    ])
  func bodies(_ body: String, _ state: DayState) throws {
    let bench = try Bench()
    bench.answer(try bench.call("steps 2018-06-14"), 200, body)
    bench.persist()
    #expect(try bench.row("2018-06-14").state == state)
    #expect(bench.discarded.count == (state == .open ? 0 : 1))
  }
}
