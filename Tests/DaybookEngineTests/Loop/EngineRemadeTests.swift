import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: an archive that is gone for good")
struct EngineRemadeTests {
  /// Four days are stored, and then the archive is away.
  private func lost() throws -> Bench {
    let bench = try Bench()
    bench.storeAll()
    bench.handle(.probed(.away("no such folder")))
    return bench
  }

  private func request(_ account: String? = nil, repair: Bool = true, yes: Bool = true)
    -> ControlCall
  {
    var request = VerifyRequest()
    request.account = account
    request.repair = repair
    request.yes = yes
    return .verify(request)
  }

  private func away(_ bench: Bench) -> [ControlReply] {
    [.failed(.archiveAway(path: bench.engine.archiveRoot))]
  }

  @Test("it is made anew when somebody says that it is gone, and every day is asked again")
  func remade() throws {
    let bench = try lost()
    let id = bench.command(request())
    #expect(bench.makesArchive && bench.checks.isEmpty && bench.answers[id] == nil)
    let other = bench.command(request())
    #expect(bench.answers[other] == [.failed(.busy("another verify is under way"))])
    bench.handle(.probed(.writable))
    while let job = bench.checks.first {
      var result = CheckResult(id: job.id)
      result.damaged = job.rows.map(\.day)
      bench.handle(.checked(result))
    }
    guard case .verify(let progress)? = bench.answers[id]?.last else {
      Issue.record("\(String(describing: bench.answers[id]))")
      return
    }
    #expect(progress.done)
    #expect(bench.asked.count == 4)
    bench.storeAll()
    #expect(bench.lane.stored == 4 && bench.lane.missing == 0)
    try bench.checkCounts()
  }

  @Test("without --yes, without --repair or for one account it is only away")
  func refused() throws {
    let bench = try lost()
    for call in [request(yes: false), request(repair: false), request("me")] {
      let id = bench.command(call)
      #expect(bench.answers[id] == away(bench) && !bench.makesArchive)
    }
  }

  @Test("one that cannot be made is told to who asked")
  func notRemade() throws {
    let bench = try lost()
    let id = bench.command(request())
    bench.handle(.probed(.away("not empty")))
    #expect(bench.answers[id] == away(bench))
    bench.handle(.probed(.writable))
    #expect(bench.checks.isEmpty, "it was not asked any more")
  }

  @Test("who hangs up does not wait for it any more")
  func hungUp() throws {
    let bench = try lost()
    let id = bench.command(request())
    bench.handle(.hungUp(id))
    bench.handle(.probed(.writable))
    #expect(bench.checks.isEmpty && bench.answers[id] == nil)
  }
}
