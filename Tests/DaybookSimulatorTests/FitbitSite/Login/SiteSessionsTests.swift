import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteSessionsTests {
  static let now = SiteBrowser.noon

  @Test("visitors are told apart, and only what was given out is one")
  func visitors() {
    var sessions = SiteSessions(seed: 1)
    let guess = sessions.isVisitor("1.")
    let first = sessions.visitor()
    let second = sessions.visitor()
    #expect(first != second && !guess)
    #expect(sessions.isVisitor(first) && sessions.isVisitor(second))
    for text in ["", "1", "1.", "x." + first, first + "0", "3" + first.dropFirst(), "0" + first] {
      #expect(!sessions.isVisitor(text), "\(text)")
    }
    var other = SiteSessions(seed: 2)
    _ = other.visitor()
    #expect(!other.isVisitor(first))
  }

  @Test("each form has fields of its own that a client has to escape")
  func forms() {
    var sessions = SiteSessions(seed: 1)
    let forms = (0..<50).map { _ in sessions.form(for: "v") }
    #expect(Set(forms.map(\.sourcePage)).count == 50)
    #expect(Set(forms.map(\.fingerprint)).count == 50)
    #expect(forms.allSatisfy { $0.sourcePage.hasSuffix("=") && $0.fingerprint.hasSuffix("==") })
    #expect(forms.contains { $0.sourcePage.contains("+") })
    #expect(forms.contains { $0.sourcePage.contains("/") })
  }

  @Test("a form can be sent once, by whom it was shown, as it was shown")
  func taking() {
    var sessions = SiteSessions(seed: 1)
    let form = sessions.form(for: "v")
    var other = form
    other.visitor = "w"
    var bent = form
    bent.fingerprint = "x"
    let answers = [other, bent, form, form].map { sessions.take($0) }
    #expect(answers == [false, false, true, false])
  }

  @Test("the oldest form goes when there are too many")
  func manyForms() {
    var sessions = SiteSessions(seed: 1)
    let first = sessions.form(for: "v")
    let second = sessions.form(for: "v")
    for _ in 0..<SimLimits.siteRecords - 1 { _ = sessions.form(for: "v") }
    let taken = [sessions.take(first), sessions.take(second)]
    #expect(taken == [false, true])
  }

  @Test("a session lasts as long as it was to last, and not a microsecond longer")
  func life() {
    var sessions = SiteSessions(seed: 1)
    let session = sessions.begin(person: 3, life: .hours(1), now: Self.now)
    let browser = sessions.remember(person: 4, life: .days(30), now: Self.now)
    let hour = Self.now + .hours(1)
    #expect(session.count == 32 && browser.count == 32)
    #expect(sessions.person(session: session, now: hour - .microseconds(1)) == 3)
    #expect(sessions.person(session: session, now: hour) == nil)
    #expect(sessions.person(remembered: browser, now: hour) == 4)
    #expect(sessions.person(remembered: browser, now: Self.now + .days(30)) == nil)
    #expect(sessions.person(session: browser, now: Self.now) == nil)
    #expect(sessions.person(remembered: session, now: Self.now) == nil)
    #expect(sessions.alive(Self.now) == 1)
    #expect(sessions.alive(hour) == 0)
  }

  @Test("a session and a remembered browser can be ended alone")
  func ending() {
    var sessions = SiteSessions(seed: 1)
    let session = sessions.begin(person: 0, life: .hours(1), now: Self.now)
    let browser = sessions.remember(person: 0, life: .hours(1), now: Self.now)
    sessions.end(session: session)
    #expect(sessions.person(session: session, now: Self.now) == nil)
    #expect(sessions.person(remembered: browser, now: Self.now) == 0)
    sessions.forget(browser)
    #expect(sessions.person(remembered: browser, now: Self.now) == nil)
  }

  @Test("all of one person end, or all of everybody", arguments: [0, 1, nil] as [Int?])
  func endingAll(person: Int?) {
    var sessions = SiteSessions(seed: 1)
    let texts = [0, 1, 1].map { sessions.begin(person: $0, life: .hours(1), now: Self.now) }
    _ = sessions.remember(person: 1, life: .hours(1), now: Self.now)
    let ended = sessions.endSessions(person: person)
    let forgotten = sessions.forgetAll(person: person)
    let alive = texts.map { sessions.person(session: $0, now: Self.now) != nil }
    #expect(ended == [0: 1, 1: 2, nil: 3][person])
    #expect(forgotten == (person == 0 ? 0 : 1))
    #expect(alive == [person == 1, person == 0, person == 0])
  }

  @Test("when there are too many the expired go first, then the one that would expire next")
  func tooMany() {
    var sessions = SiteSessions(seed: 1)
    let short = sessions.begin(person: 0, life: .seconds(1), now: Self.now)
    let next = sessions.begin(person: 0, life: .minutes(1), now: Self.now)
    for _ in 0..<SimLimits.siteRecords - 2 {
      _ = sessions.begin(person: 0, life: .hours(1), now: Self.now)
    }
    let later = Self.now + .seconds(2)
    let one = sessions.begin(person: 0, life: .hours(1), now: later)
    #expect(sessions.person(session: short, now: Self.now) == nil)
    #expect(sessions.person(session: next, now: later) == 0)
    let two = sessions.begin(person: 0, life: .hours(1), now: later)
    #expect(sessions.person(session: next, now: later) == nil)
    #expect(sessions.person(session: one, now: later) == 0)
    #expect(sessions.person(session: two, now: later) == 0)
    #expect(sessions.alive(later) == SimLimits.siteRecords)
  }
}
