import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSiteSettingsTests {
  static let settings = FitbitSiteSettings(firstDay: day("2013-01-01"))

  @Test("the site is that of September 2015: both gates, the id in userId=, the form as known")
  func site() {
    #expect(Self.settings.cookieGate && Self.settings.agentGate)
    #expect(Self.settings.generation == .userID)
    #expect(Self.settings.layout == .known)
    #expect(Self.settings.landing == "/")
    #expect(!Self.settings.secureCookies)
  }

  @Test("a session lasts an hour, and a remembered browser begins another one")
  func sessions() {
    #expect(Self.settings.sessionLife == .hours(1))
    #expect(Self.settings.rememberLife > Self.settings.sessionLife)
    #expect(Self.settings.rememberRenews)
    #expect(!Self.settings.rememberRotates)
  }

  @Test("no limit is known, so none is enforced")
  func quota() {
    #expect(!Self.settings.enforcesQuota)
    #expect(Self.settings.windows.map(\.name) == ["Minute", "Hour"])
  }

  @Test("times are printed in twelve hours, with white space around the document")
  func documents() {
    #expect(!Self.settings.clock24)
    #expect(Self.settings.padding)
    #expect(Self.settings.ellipsisRate > 0 && Self.settings.ellipsisRate < 1)
  }

  @Test(
    "each person has an address",
    arguments: [
      ("jane@example.org", 0, "jane@example.org"), ("jane@example.org", 1, "jane+1@example.org"),
      ("jane@example.org", 12, "jane+12@example.org"), ("jane", 3, "jane"),
      ("a@b@c", 2, "a@b+2@c"),
    ])
  func addresses(email: String, person: Int, expected: String) {
    var settings = Self.settings
    settings.email = email
    #expect(settings.email(of: person) == expected)
  }

  @Test("generations and layouts are named as switches name them")
  func names() {
    #expect(SiteGeneration.allCases.map(\.rawValue) == ["profile-link", "user-id"])
    #expect(SiteLayout.allCases.map(\.rawValue) == ["known", "renamed-field", "without-id"])
  }
}
