import DaybookEngine
import Testing

@testable import daybookd

@Suite struct EventPortTests {
  @Test("events wait for the one who takes them, and later ones pass on")
  func waits() {
    let port = EventPort()
    let taken = Collected<String>()
    port.post(.tick)
    port.post(.reloadAsked)
    #expect(taken.all.isEmpty)
    port.connect { taken.add("\($0)") }
    #expect(taken.all == ["tick", "reloadAsked"])
    port.post(.stopAsked)
    #expect(taken.all == ["tick", "reloadAsked", "stopAsked"])
  }
}
