import Testing

@testable import DaybookCore

@Suite("Records of the control interface")
struct ControlRecordTests {
  @Test("every record comes back as it went", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    try comesBack(random.stream(), seed)
    try comesBack(random.window(), seed)
    try comesBack(random.account(), seed)
    try comesBack(random.daemon(), seed)
    try comesBack(random.entry(), seed)
    try comesBack(random.step(), seed)
    try comesBack(random.finding(), seed)
  }

  private func comesBack<R: ControlRecord & Equatable>(_ record: R, _ seed: UInt64) throws {
    let parsed = try JSONValue(parsing: record.json.encoded)
    #expect(try R.read(parsed) == record, "seed \(seed)")
  }

  @Test("members are written in the order of the description")
  func order() throws {
    let interface = try #require(InterfaceText(ControlInterface.description))
    #expect(interface.types["Account"]?.map(\.name) == AccountStatus.fields.map(\.name))
    #expect(interface.types["Stream"]?.map(\.name) == StreamStatus.fields.map(\.name))
    #expect(interface.types["Daemon"]?.map(\.name) == DaemonStatus.fields.map(\.name))
    #expect(interface.types["Entry"]?.map(\.name) == TimedEntry.fields.map(\.name))
    #expect(interface.types["Step"]?.map(\.name) == PlannedStep.fields.map(\.name))
    #expect(interface.types["Window"]?.map(\.name) == WindowStatus.fields.map(\.name))
    #expect(interface.types["Finding"]?.map(\.name) == Finding.fields.map(\.name))
  }

  @Test("each member that must be there is missed when it is not", arguments: 0..<9)
  func missing(index: Int) throws {
    var random = RandomControl(seed: 5)
    let members = try #require(random.stream().json.object)
    var cut = members
    cut.remove(at: index)
    let fault = #expect(throws: ControlFault.self) { try StreamStatus.read(.object(cut)) }
    #expect(fault?.path == members[index].key)
  }

  @Test("a line of the journal carries its priority for other clients; here it follows the kind")
  func priority() throws {
    let line = TimedEntry(at: Instant(seconds: 0), entry: Entry(.dayFailed, "x"))
    #expect(line.json["priority"]?.int == 4)
    #expect(line.json["message"]?.string == "dayFailed")
  }
}
