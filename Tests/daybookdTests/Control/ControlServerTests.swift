import DaybookCore
import DaybookEngine
import Testing

@testable import daybookd

@Suite(.timeLimit(.minutes(2))) struct ControlServerTests {
  private let info = #"{"method":"org.varlink.service.GetInfo"}"#

  private func progress(_ done: Int) -> ControlReply {
    var progress = ResyncProgress(id: 1, total: 3)
    progress.done = done
    return .resync(progress)
  }

  @Test("a call goes to the engine with fresh entropy, and its reply comes back")
  func call() async throws {
    let server = try TestServer { _ in [.reloaded(changes: ["a"])] }
    let client = server.client()
    client.call("Reload")
    let reply = try #require(try await client.reply())
    #expect(reply.parameters["changes"] == ["a"])
    client.call("Pause", #"{"account":"me"}"#)
    _ = try await client.reply()
    #expect(server.commands.map(\.call) == [.reload, .pause(account: "me")])
    #expect(server.commands.allSatisfy { $0.entropy.count == 64 })
    #expect(server.commands[0].entropy != server.commands[1].entropy)
    #expect(server.commands[0].id != server.commands[1].id)
  }

  @Test("with more, each reply but the last says that it continues")
  func more() async throws {
    let server = try TestServer { [self] _ in [progress(1), progress(2), progress(3)] }
    let client = server.client()
    client.call("Resync", #"{"account":"me"}"#, more: true)
    var seen: [(JSONValue?, Bool)] = []
    for _ in 0..<3 {
      let reply = try #require(try await client.reply())
      seen.append((reply.parameters["done"], reply.continues))
    }
    #expect(seen.map(\.0) == [1, 2, 3])
    #expect(seen.map(\.1) == [true, true, false])
  }

  @Test("the service describes itself")
  func introspection() async throws {
    let server = try TestServer()
    let client = server.client()
    client.send(info)
    let answer = try await client.reply()
    #expect(answer?.parameters["product"] == "daybookd")
    client.send(
      #"{"method":"org.varlink.service.GetInterfaceDescription","#
        + #""parameters":{"interface":"org.daybook.Control"}}"#)
    let description = try await client.reply()?.parameters["description"]?.string
    #expect(description == ControlInterface.description)
    #expect(server.commands.isEmpty)
  }

  @Test("a thousand pipelined calls are answered in order, and others are served in between")
  func pipelined() async throws {
    let server = try TestServer { call in
      guard case .plan(_, let limit) = call else { return [.done] }
      return [.plan([PlannedStep(account: "a", action: "\(limit)")])]
    }
    let greedy = server.client()
    let other = server.client()
    var unsent = (1...1_000).flatMap { n -> [UInt8] in
      Array(#"{"method":"org.daybook.Control.Plan","parameters":{"limit":\#(n)}}"#.utf8) + [0]
    }[...]
    unsent = unsent.dropFirst(greedy.send(Array(unsent)))
    other.call("Pause")
    #expect(try await other.succeeds())
    for n in 1...1_000 {
      let reply = try #require(try await greedy.reply())
      let step = reply.parameters["steps"]?.array?.first
      #expect(step?["action"] == .string("\(n)"))
      unsent = unsent.dropFirst(greedy.send(Array(unsent)))
    }
  }

  @Test("while calls are not answered, no more than the limit are with us and the rest waits")
  func backPressure() async throws {
    let server = try TestServer { _ in [] }
    let client = server.client()
    let call = Array(#"{"method":"org.daybook.Control.Pause"}"#.utf8) + [0]
    var sent = 0
    while true {
      let count = client.send(call)
      if count < call.count { break }
      sent += 1
      #expect(sent < 100_000, "the server reads for ever")
    }
    #expect(await eventually { server.commands.count == 1 })
    #expect(try await server.client().closesAfterInfo() == false)
    #expect(server.commands.count == 1)
  }

  @Test("when the engine answers late, what waited in the socket is served to the last call")
  func resumed() async throws {
    let server = try TestServer { _ in [] }
    let client = server.client()
    for _ in 0..<100 { client.call("Pause") }
    client.endInput()
    for count in 1...100 {
      #expect(await eventually { server.commands.count == count })
      server.answer(server.commands[count - 1].id, .done)
      #expect(try await client.reply() != nil)
    }
    #expect(await client.isClosed())
  }

  @Test("a client that goes away gives up its call")
  func hangUp() async throws {
    let server = try TestServer { _ in [] }
    var client: RawClient? = server.client()
    client?.call("Watch", more: true)
    #expect(await eventually { server.commands.count == 1 })
    #expect(server.hangUps.isEmpty)
    client = nil
    #expect(await eventually { server.hangUps == [server.commands[0].id] })
    // A late reply goes nowhere.
    server.answer(server.commands[0].id, .done)
    #expect(try await server.client().closesAfterInfo() == false)
  }

  @Test("a client that shuts its writing side still gets its replies")
  func halfClosed() async throws {
    let server = try TestServer { _ in [] }
    let client = server.client()
    client.call("Pause")
    client.endInput()
    #expect(await eventually { server.commands.count == 1 })
    #expect(server.hangUps.isEmpty)
    server.answer(server.commands[0].id, .done)
    #expect(try await client.succeeds())
    #expect(await client.isClosed())
  }

  @Test("calls that want no reply are made although the client has gone")
  func fireAndForget() async throws {
    let server = try TestServer()
    var client: RawClient? = server.client()
    for _ in 0..<10 { client?.send(#"{"method":"org.daybook.Control.Pause","oneway":true}"#) }
    client = nil
    #expect(await eventually { server.commands.count == 10 })
  }

  @Test("a client cannot take part in another one's replies")
  func apart() async throws {
    let server = try TestServer { _ in [] }
    let clients = (0..<5).map { _ in server.client() }
    for (n, client) in clients.enumerated() { client.call("Plan", #"{"limit":\#(n + 1)}"#) }
    #expect(await eventually { server.commands.count == 5 })
    for command in server.commands.reversed() {
      guard case .plan(_, let limit) = command.call else { continue }
      server.answer(command.id, .plan([PlannedStep(account: "a", action: "\(limit)")]))
    }
    for (n, client) in clients.enumerated() {
      let reply = try #require(try await client.reply())
      #expect(reply.parameters["steps"]?.array?[0]["action"] == .string("\(n + 1)"))
    }
  }

  @Test("stopping closes every connection and the socket")
  func stop() async throws {
    let server = try TestServer { _ in [] }
    let client = server.client()
    client.call("Watch", more: true)
    #expect(await eventually { server.commands.count == 1 })
    server.stop()
    #expect(await client.isClosed())
    #expect(server.hangUps.count == 1)
  }
}
