import DaybookCore
import Testing

@testable import daybook

@Suite("The text of status")
struct StatusTextTests {
  private func text(_ columns: Int, colour: Bool = false) -> StatusText {
    StatusText(
      look: Look(columns: columns, colour: colour),
      clock: LocalClock(now: testNow, offset: { _ in 0 }))
  }
  private let all = [Samples.working, Samples.waiting, Samples.idle, Samples.troubled]

  @Test("at 80 columns")
  func wide() {
    #expect(
      text(80).overview(Samples.daemon, all) == """
        daybookd 1.0.0 ready since 09:33, pid 812
        4,204 days stored (5,487 final, 5,190 confirmed), 2,296 missing
        archive /var/lib/daybook/archive

        ACCOUNT    STATE                STORED  MISSING    RATE  DONE IN
        me-moves   working         1,204/3,500    2,296  58/min   40 min
        her-moves  waiting         1,204/3,500    2,296           40 min
            until 21:27 (in 12 min): hour window
        phone      idle            3,000/3,000        0
        old        sign-in-needed       90/188        0
            the grant has ended; run: daybook login old
            steps: 3 failing, 1 damaged
            sleep: 94 refused
            the provider ends 2027-01-31, in 70 days; 3 days still to read; successor:
            google-health

        """)
  }

  @Test("where there is room, the windows are shown")
  func wider() {
    let lines = text(100).overview(Samples.daemon, [Samples.working]).split(separator: "\n")
    #expect(lines[3].hasSuffix("RATE  DONE IN  WINDOWS"))
    #expect(lines[4].hasSuffix("58/min   40 min  minute 96%, hour 60%"))
    let narrow = text(80).overview(Samples.daemon, [Samples.working])
    #expect(narrow.contains("minute 96%, hour 60%"), "one account needs less room")
  }

  @Test("at 60 columns")
  func middle() {
    #expect(
      text(60).overview(Samples.daemon, all) == """
        daybookd 1.0.0 ready since 09:33, pid 812
        4,204 days stored (5,487 final, 5,190 confirmed), 2,296
          missing
        archive /var/lib/daybook/archive

        ACCOUNT    STATE                STORED  MISSING  DONE IN
        me-moves   working         1,204/3,500    2,296   40 min
        her-moves  waiting         1,204/3,500    2,296   40 min
            until 21:27 (in 12 min): hour window
        phone      idle            3,000/3,000        0
        old        sign-in-needed       90/188        0
            the grant has ended; run: daybook login old
            steps: 3 failing, 1 damaged
            sleep: 94 refused
            the provider ends 2027-01-31, in 70 days; 3 days still
            to read; successor: google-health

        """)
  }

  @Test("at 40 columns")
  func narrow() {
    #expect(
      text(40).overview(Samples.daemon, all) == """
        daybookd 1.0.0 ready
        4,204 days stored (5,487 final, 5,190
          confirmed), 2,296 missing
        archive /var/lib/daybook/archive

        ACCOUNT    STATE           MISSING
        me-moves   working           2,296
        her-moves  waiting           2,296
            until 21:27 (in 12 min): hour window
        phone      idle                  0
        old        sign-in-needed        0
            the grant has ended; run: daybook
            login old
            steps: 3 failing, 1 damaged
            sleep: 94 refused
            the provider ends 2027-01-31, in 70
            days; 3 days still to read;
            successor: google-health

        """)
  }

  @Test("one account in full")
  func details() {
    #expect(
      text(80).details(Samples.daemon, [Samples.working]) == """
        daybookd 1.0.0 ready since 09:33, pid 812

        me-moves (moves) working
          days since 2014-01-12, zone Europe/Helsinki
          last day stored 2016-06-18, read 21:13
          1,250 calls since the daemon started, 58/min days, done in 40 min
          window minute: 58 of 60 calls in 1 min, shared by all accounts of the app
          window hour: 1,204 of 2,000 calls in 1 h, shared by all accounts of the app

        STREAM     MISSING  OPEN  FINAL  CONFIRMED  REFUSED  BEYOND  FAILING  DAMAGED
        storyline    2,296     4  1,200      1,100        0       0        0        0

        """)
  }

  @Test("an account whose provider has ended is history, not trouble")
  func sealed() {
    #expect(
      text(80).overview(Samples.daemon, [Samples.sealed]).hasSuffix(
        """
        ACCOUNT  STATE        STORED  MISSING
        fit      sealed  3,000/3,010       10
            the provider has ended; its days stay; to try once more: daybook resume fit
            --probe
            9 open days, last seen 2026-11-01
            the provider ended 2026-11-02; successor: health

        """))
    let colour = text(80, colour: true).overview(Samples.daemon, [Samples.sealed])
    #expect(!colour.contains("\u{1b}[31m") && !colour.contains("\u{1b}[33m"))
  }

  @Test("a line for each timeline tells what one account or another holds")
  func timelines() {
    var line = TimelineStatus(name: "me", accounts: ["me-fit", "me-health"])
    #expect(text(80).timelines([]) == "")
    let none = "\ntimeline me: no day held; accounts me-fit, me-health\n"
    #expect(text(80).timelines([line]) == none)
    line.first = Day("2014-05-02")
    line.last = Day("2026-11-22")
    line.held = 4_570
    line.days = 4_588
    #expect(
      text(60).timelines([line, line]) == """

        timeline me: 4,570 of 4,588 days held, 2014-05-02 to
          2026-11-22; accounts me-fit, me-health
        timeline me: 4,570 of 4,588 days held, 2014-05-02 to
          2026-11-22; accounts me-fit, me-health

        """)
    var account = Samples.idle
    account.timeline = "me"
    #expect(text(80).details(Samples.daemon, [account]).contains("\n  in the timeline me\n"))
  }

  @Test("a sign-in that ends within a week is told beside its account, and always in the details")
  func signInEnds() {
    var account = Samples.idle
    for (days, isNear) in [(7, true), (8, false)] as [(Int64, Bool)] {
      account.signInEnds = testNow + .days(days)
      let line = "sign-in ends \(days == 7 ? "2026-11-29" : "2026-11-30") (in \(days) days)"
      #expect(text(80).overview(Samples.daemon, [account]).contains(line) == isNear)
      #expect(text(80).details(Samples.daemon, [account]).contains(line))
    }
  }

  @Test("a narrow terminal shows the columns that matter")
  func narrowDetails() {
    let lines = text(40).details(Samples.daemon, [Samples.troubled]).split(separator: "\n")
    #expect(lines.contains("STREAM  MISSING  FINAL  FAILING  DAMAGED"))
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test("a daemon in trouble says why")
  func reason() {
    var daemon = Samples.daemon
    daemon.state = .archiveAway
    daemon.reason = "archive not mounted? /nas/daybook has no marker"
    let lines = text(80).overview(daemon, []).split(separator: "\n")
    #expect(lines[0] == "daybookd 1.0.0 archive-away since 09:33, pid 812")
    #expect(lines[1] == "! archive not mounted? /nas/daybook has no marker")
    #expect(lines.last == "no accounts; add one to the settings")
  }

  @Test("colours change nothing but the colours", arguments: [40, 60, 80, 120])
  func colours(columns: Int) {
    let plain = text(columns)
    let colour = text(columns, colour: true)
    #expect(colour.overview(Samples.daemon, all) != plain.overview(Samples.daemon, all))
    #expect(
      withoutStyles(colour.overview(Samples.daemon, all)) == plain.overview(Samples.daemon, all))
    #expect(
      withoutStyles(colour.details(Samples.daemon, all)) == plain.details(Samples.daemon, all))
  }

  @Test("no line is wider than the terminal", arguments: [24, 30, 40, 57, 80, 100])
  func widths(columns: Int) {
    for output in [
      text(columns).overview(Samples.daemon, all), text(columns).details(Samples.daemon, all),
    ] {
      let wide = output.split(separator: "\n").filter { cells(String($0)) > columns }
      #expect(wide.isEmpty)
    }
  }

  @Test("what a server sent cannot drive the terminal")
  func escaped() {
    var account = Samples.idle
    account.reason = "\u{1b}[2Jx\u{202e}"
    account.streams = [Samples.stream("a\u{9b}") { $0.failing = 1 }]
    account.windows = [WindowStatus(name: "\u{7}", per: .user, seconds: 1, limit: 0, used: 0)]
    var daemon = Samples.daemon
    daemon.archive = "/a\nb"
    daemon.reason = "\u{1b}]0;x\u{7}"
    for output in [text(80).overview(daemon, [account]), text(80).details(daemon, [account])] {
      #expect(!output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(!output.unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
    }
  }
}
