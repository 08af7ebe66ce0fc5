import DaybookCore
import Testing

@testable import daybook

@Suite("daybook days")
struct DaysCommandTests {
  private let rows = ["steps", "sleep"].map {
    DaysRow(account: "me", stream: $0, from: Day(number: 16_801), days: "##.")
  }

  private var daemon: FakeDaemon {
    let rows = rows
    return FakeDaemon { _ in [.more(.days(rows[0])), .reply(.days(rows[1]))] }
  }

  @Test("the streams are shown one after the other")
  func text() {
    let run = daybook("days", daemon: daemon)
    #expect(run.status == .ok)
    #expect(run.out == Calendar(look: Look()).text(rows, year: nil))
    #expect(run.out.contains("me steps 2016\n"))
    #expect(run.out.contains("me sleep 2016\n"))
  }

  @Test("--json is one reply a line")
  func json() {
    let run = daybook("days", "--json", daemon: daemon)
    #expect(
      run.out == """
        {"account":"me","stream":"steps","from":"2016-01-01","days":"##."}
        {"account":"me","stream":"sleep","from":"2016-01-01","days":"##."}

        """)
  }

  @Test("account, stream and year are asked for")
  func call() {
    let daemon = daemon
    let run = daybook("days", "me", "--stream", "steps", "--year", "2016", daemon: daemon)
    #expect(run.status == .ok)
    #expect(
      daemon.requests == [
        VarlinkRequest(.days(account: "me", stream: "steps", year: 2016), more: true)
      ])
  }
}
