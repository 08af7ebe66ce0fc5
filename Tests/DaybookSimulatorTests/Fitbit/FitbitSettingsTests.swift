import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSettingsTests {
  static let settings = FitbitSettings(memberSince: day("2021-03-05"))

  @Test("the limits are 150 calls in each hour of the clock")
  func limits() {
    #expect(Self.settings.quota == SimWindow("Hour", length: .hours(1), limit: 150))
    #expect(!Self.settings.sendsRetryAfter)
    #expect(Self.settings.resetLag == .zero)
    #expect(Self.settings.failedCallsCount)
  }

  @Test("codes live for ten minutes, access tokens for eight hours")
  func lives() {
    #expect(Self.settings.codeLife == .seconds(600))
    #expect(Self.settings.tokenLife == .seconds(28_800))
    #expect(Self.settings.grace == .untilUsed)
  }

  @Test("the application is a personal one with intraday data")
  func application() {
    #expect(Self.settings.appType == .personal)
    #expect(Self.settings.approved)
    #expect(Self.settings.unticked.isEmpty)
    #expect(Self.settings.clientID == "daybook")
    #expect(!Self.settings.anyLoopbackPort)
  }

  @Test("the tracker hands over about every fifteen minutes")
  func sync() {
    #expect(Self.settings.syncEvery == .minutes(15))
    #expect(Self.settings.syncHeldAt == nil)
    #expect(Self.settings.saturationDelay == .hours(1))
    #expect(Self.settings.sleepComputing == .zero)
    #expect(Self.settings.pointEvery == 1)
  }

  @Test("the scopes are the fifteen of the service, in order")
  func scopes() {
    #expect(FitbitSettings.scopes.count == 15)
    #expect(FitbitSettings.scopes == FitbitSettings.scopes.sorted())
    #expect(Set(FitbitSettings.scopes).count == 15)
  }

  @Test("a model with people less than one has one")
  func persons() {
    var settings = Self.settings
    settings.persons = 0
    #expect(FitbitModel(settings).wearers.count == 1)
    settings.persons = 4
    #expect(FitbitModel(settings).wearers.count == 4)
  }
}
