import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: trouble of our own with pages and days of one call")
struct EnginePagesTroubleTests {
  private static let next = JSONPointer.at("next")
  private static let day = JSONPointer(segments: [.key("items"), .every, .key("day")])

  private func paged() throws -> Bench {
    try Bench {
      $0.provider = .bench { $0.streams[0].pages = Pages(.token(send: "page", at: Self.next)) }
    }
  }

  /// Four days, at most three in one call.
  private func ranged(_ change: (inout StreamSpec) -> Void = { _ in }) throws -> Bench {
    try Bench {
      $0.provider = .bench {
        $0.streams[0].request.path = "/steps/{start}/{end}"
        $0.streams[0].span = 3
        $0.streams[0].belongs = Belongs(at: Self.day, form: .ymd)
        change(&$0.streams[0])
      }
    }
  }

  private func items(_ days: String...) -> String {
    "{\"items\": [\(days.map { "{\"day\": \"2018-06-\($0)\"}" }.joined(separator: ", "))]}"
  }

  @Test("an archive that cannot put a read together leaves its days missing, without an attempt")
  func archiveFull() throws {
    let bench = try ranged()
    bench.answer(bench.open[0], 200, items("15"))
    bench.assemble(failing: .full("no space"))
    #expect(bench.engine.health.disk == .full && bench.lane.missing == 4)
    #expect(try bench.row("2018-06-15").state == .missing)
    #expect(!bench.lane.busy.contains(bench.key("2018-06-15")))
  }

  @Test("what was put together for an account that has left is dropped")
  func left() throws {
    let bench = try ranged()
    bench.answer(bench.open[0], 200, items("15"))
    bench.configuration.settings.accounts = []
    bench.handle(.settingsRead(bench.configuration))
    let before = bench.discarded.count
    bench.assemble()
    #expect(bench.discarded.count == before + 3 && bench.filing.isEmpty)
  }

  @Test("a read that waits for a page goes on after a reload that changes the account")
  func reloaded() throws {
    let bench = try Bench {
      $0.provider = .bench {
        $0.streams[0].pages = Pages(.token(send: "page", at: Self.next))
        $0.windows = [.bench("minute", 60, 2)]
      }
    }
    bench.answer(try #require(bench.open.first), 200, #"{"items":[1],"next":"x"}"#)
    #expect(bench.lane.pagesToAsk.count == 1)
    bench.configuration.settings.accounts[0].timeout = .seconds(9)
    bench.handle(.settingsRead(bench.configuration))
    bench.pass(.seconds(61))
    #expect(bench.sent.contains { $0.url.hasSuffix("?page=x") })
  }

  @Test("pages that wait are dropped when the account leaves")
  func dropped() throws {
    let bench = try paged()
    bench.answer(try bench.call("steps 2018-06-14"), 200, #"{"items":[1],"next":"x"}"#)
    bench.configuration.settings.accounts = []
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.discarded.count == 1)
  }
}
