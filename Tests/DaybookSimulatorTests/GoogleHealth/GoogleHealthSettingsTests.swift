import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleHealthSettingsTests {
  static let settings = GoogleHealthSettings(firstDay: day("2020-01-01"))

  @Test("the quotas are those that are documented")
  func quotas() {
    #expect(
      Self.settings.windows == [
        SimWindow("UserMinute", length: .seconds(60), limit: 300),
        SimWindow("ProjectMinute", length: .seconds(60), limit: 120_000),
        SimWindow("ProjectDay", length: .seconds(86_400), limit: 86_400_000),
      ])
    #expect(Self.settings.alignment == .rolling)
    #expect(Self.settings.isVerified)
  }

  @Test("an app that is not verified has half of the user's minute")
  func unverified() {
    var settings = Self.settings
    settings.isVerified = false
    #expect(settings.windows.map(\.limit) == [150, 120_000, 86_400_000])
    settings.userWindow.limit = 20
    #expect(settings.windows[0].limit == 20, "never more than a verified one")
  }

  @Test("tokens live as the facts say")
  func tokens() {
    #expect(Self.settings.tokenLife == .seconds(3_600))
    #expect(Self.settings.testingLife == .seconds(7 * 86_400))
    #expect(Self.settings.refreshLimit == 100)
    #expect(Self.settings.tokenBytes <= 2_048)
    #expect(Self.settings.idleLife > .seconds(180 * 86_400))
    #expect(!Self.settings.testing)
  }

  @Test("rates are parts of one")
  func rates() {
    let rates = [
      Self.settings.lateRate, Self.settings.emptyRate, Self.settings.unprocessedRate,
      Self.settings.phoneRate, Self.settings.emptyPageRate,
    ]
    #expect(rates.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test("the client is a desktop one with loopback addresses")
  func client() {
    #expect(Self.settings.isDesktop)
    #expect(Self.settings.redirectURIs.allSatisfy { $0.hasPrefix("http://") })
    #expect(Self.settings.clientID.hasSuffix(".apps.googleusercontent.com"))
  }

  @Test("a model with people less than one has one")
  func persons() {
    var settings = Self.settings
    settings.persons = 0
    #expect(GoogleHealthModel(settings).histories.count == 1)
    settings.persons = 4
    #expect(GoogleHealthModel(settings).histories.count == 4)
  }

  @Test(
    "the alignments have names for the command line",
    arguments: [
      ("rolling", .rolling),
      ("clock", .clock),
      ("first-call", .firstCall),
    ] as [(String, QuotaAlignment)])
  func alignments(text: String, alignment: QuotaAlignment) {
    #expect(QuotaAlignment(rawValue: text) == alignment)
  }
}
