import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("How a stream's answers are read")
struct StreamReadingTests {
  @Test("it is made once for all accounts, and anew when provider files are read anew")
  func once() throws {
    let bench = try Bench {
      $0.accounts = [.bench("me"), .bench("you")]
    }
    #expect(bench.asked.count > 1)
    let engine = bench.engine
    #expect(Set(engine.readings.keys) == ["p/steps"])
    bench.configuration.providers["p"]?.streams[0].items = [JSONPointer(segments: [.key("all")])]
    bench.handle(.settingsRead(bench.configuration))
    #expect(engine.readings.isEmpty)
    let provider = try #require(bench.configuration.providers["p"])
    let plan = engine.reading(provider.streams[0], provider).plan
    #expect(plan.items == [JSONPointer(segments: [.key("all")])])
  }

  @Test("what is asked of an answer knows its day and zone; the plan does not")
  func day() throws {
    let provider = Provider.bench()
    let reading = StreamReading(provider.streams[0], provider)
    let zone = try #require(ZoneStore().zone("Europe/Berlin"))
    let inquiry = reading.inquiry(of: LedgerFixture.day("2018-06-15"), in: zone)
    #expect(inquiry.day == LedgerFixture.day("2018-06-15") && inquiry.zone.name == zone.name)
    #expect(reading.inquiry.day == nil)
    #expect(reading.plan == provider.streams[0].answerPlan(inquiry))
  }
}
