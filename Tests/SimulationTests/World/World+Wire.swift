import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// The wire: a call reaches the provider, whoever is left to hear the answer.
extension World {
  func arrive(_ call: Call, _ life: Int) {
    let headers = call.headers.map { SimField($0.name, $0.value.expose()) }
    let body = Array((call.body?.expose() ?? "").utf8)
    let request = SimRequest(
      call.method.rawValue.uppercased(), call.url, headers: headers, body: body)
    checks.arrived(call, now)
    let response = answer(request, call.kind)
    checks.answered(call, response, at: now)
    trace.note("answer \(response.status) \(response.body.count)", clock.boot)
    let wait = latency() + response.delay
    guard life == self.life, !cancelled.contains(call.id), let archive else { return }
    var reply = receive(response, call, archive)
    var after = wait
    said[call.id] = response
    if response.delivery.isStall || wait >= call.timeout {
      said[call.id] = nil
      if case .answered(let answer) = reply.outcome, case .spooled(let spooled) = answer.body {
        archive.discard(spooled)
      }
      reply = Reply(.failed(TransportFailure(.timeout)))
      after = call.timeout
    }
    agenda.add(.replied(call.id, reply, life: life), at: clock.boot + after)
  }

  private func answer(_ request: SimRequest, _ kind: CallKind) -> SimResponse {
    if let provider { return provider(request) }
    let moment = clock.truth
    if kind != .token, let refusal = gate?.refusal(at: moment) { return refusal }
    var response = providers.answer(request, now: moment)
    tamper?(request, &response)
    if kind != .token, let gate, gate.isTold {
      response.headers.removeAll { $0.name.hasPrefix("X-RateLimit-") }
      response.headers += gate.meters(at: moment)
    }
    return response
  }

  /// Whose token a request carries.
  func person(of request: SimRequest) -> String? {
    let token = request.header("authorization")?.dropFirst(7)
    return engine?.roster.all.first { $0.grant?.access.expose() == token.map(String.init) }?.name
  }

  /// What libcurl would make of it: see facts on cut bodies; some it notices, some it does not.
  private func receive(_ response: SimResponse, _ call: Call, _ archive: Archive) -> Reply {
    if response.malformed != nil { return Reply(.failed(TransportFailure(.malformed))) }
    var bytes = response.body[...]
    switch response.delivery {
    case .whole: break
    case .refused: return Reply(.failed(TransportFailure(.connect)), sends: 0)
    case .stall: return Reply(.failed(TransportFailure(.timeout)))
    case .reset: return Reply(.failed(TransportFailure(.cut)))
    case .cut(let at):
      if response.framing != .close { return Reply(.failed(TransportFailure(.cut))) }
      bytes = bytes.prefix(at)
    }
    let receiver = BodyReceiver(call.reception, archive: archive)
    receiver.begin(status: response.status)
    let received = bytes.withUnsafeBytes { raw -> TransportFailure? in
      do throws(TransportFailure) { try receiver.receive(raw) } catch { return error }
      return nil
    }
    if let received { return Reply(.failed(received)) }
    let headers = response.headers.map { Field($0.name.lowercased(), $0.value) }
    switch receiver.finish(status: response.status, headers: headers) {
    case .success(let answer): return Reply(.answered(answer))
    case .failure(let failure): return Reply(.failed(failure))
    }
  }
}

extension SimResponse.Delivery {
  var isStall: Bool { if case .stall = self { true } else { false } }
}
