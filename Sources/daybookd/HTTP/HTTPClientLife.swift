import CCurl
import DaybookCore
import DaybookEngine

// MARK: - Events, on the queue

extension HTTPClient {
  func socketsReady() {
    multi?.act()
    turn()
  }

  func timerFired() {
    multi?.expire()
    turn()
  }

  func accept(_ call: Call) {
    guard !isStopping else { return reply(call.id, .failed(TransportFailure(.cancelled))) }
    precondition(transfers[call.id] == nil, "call \(call.id.number) is in flight already")
    waiting.append(call)
    turn()
  }

  /// Ends what has ended, and begins what waits, until there is nothing of either.
  func turn() {
    repeat {
      for (easy, code) in multi?.settle() ?? [] { received(Transfer.of(easy), code) }
    } while startWaiting()
    closeIfDone()
  }

  /// A resting transfer may go on.
  private func drained(_ id: CallID) {
    guard let transfer = transfers[id], !transfer.isReceived else { return }
    let code = transfer.resume()
    if code != CURLE_OK { received(transfer, code) }
    turn()
  }

  /// The sink failed in the middle.
  private func sinkFailed(_ id: CallID, _ failure: TransportFailure) {
    guard let transfer = transfers[id] else { return }
    end(transfer, .failed(failure))
    turn()
  }

  private func sinkFinished(_ id: CallID, _ result: Result<Answer, TransportFailure>) {
    guard let transfer = transfers[id] else { return }
    switch result {
    case .success(let answer): end(transfer, .answered(answer))
    case .failure(let failure): end(transfer, .failed(failure))
    }
    turn()
  }

  func withdraw(_ isChosen: (Call) -> Bool) {
    let chosen = waiting.filter(isChosen) + transfers.values.map(\.call).filter(isChosen)
    for id in chosen.map(\.id).sorted() { withdraw(id) }
    turn()
  }

  func withdraw(_ id: CallID) {
    let cancelled = Reply.Outcome.failed(TransportFailure(.cancelled))
    if let transfer = transfers[id] {
      transfer.pipe.abandon()
      end(transfer, cancelled)
    } else if let index = waiting.firstIndex(where: { $0.id == id }) {
      waiting.remove(at: index)
      reply(id, cancelled)
    }
  }
}

// MARK: - A transfer's life, on the queue

extension HTTPClient {
  /// Begins calls while there is room; true when libcurl was given something to do.
  private func startWaiting() -> Bool {
    var started = false
    while !waiting.isEmpty, transfers.count < Limits.transfers {
      let call = waiting.removeFirst()
      do throws(TransportFailure) {
        try start(call)
        started = true
      } catch {
        reply(call.id, .failed(error))
      }
    }
    return started
  }

  private func start(_ call: Call) throws(TransportFailure) {
    let target = try Target(call.url, allowPlainHTTP: call.allowPlainHTTP)
    guard let easy = idleHandles.popLast() ?? curl_easy_init() else {
      throw TransportFailure(.connect, "\(target.host): out of memory")
    }
    do throws(TransportFailure) {
      let transfer = try Transfer(call, target: target, easy: easy, pipe: pipe(for: call))
      try transfer.configure(userAgent: userAgent, caFile: caFile, timeouts: timeouts)
      guard multi?.add(easy) == true else {
        throw TransportFailure(.connect, "\(target.host): out of memory")
      }
      transfers[call.id] = transfer
    } catch {
      recycle(easy)
      throw error
    }
  }

  private func pipe(for call: Call) -> BodyPipe {
    let (id, open) = (call.id, openReceiver)
    return BodyPipe(
      queue: bodyQueues[Int(id.number % UInt64(bodyQueues.count))],
      open: { open(call) },
      drained: { [weak self] in self?.hop { $0.drained(id) } },
      failed: { [weak self] failure in self?.hop { $0.sinkFailed(id, failure) } })
  }

  private func hop(_ work: @escaping @Sendable (HTTPClient) -> Void) {
    queue.async { work(self) }
  }

  /// libcurl is done with the transfer.
  private func received(_ transfer: Transfer, _ code: CURLcode) {
    if let failure = transfer.verdict(code) {
      transfer.pipe.abandon()
      return end(transfer, .failed(failure))
    }
    release(transfer)
    let id = transfer.call.id
    transfer.pipe.finish(
      status: transfer.head.status, headers: transfer.head.fields
    ) { [weak self] result in self?.hop { $0.sinkFinished(id, result) } }
  }

  private func end(_ transfer: Transfer, _ outcome: Reply.Outcome) {
    release(transfer)
    peak = max(peak, transfer.pipe.peak)
    transfers[transfer.call.id] = nil
    reply(transfer.call.id, outcome, sends: transfer.sends)
  }

  /// Takes the handle back from libcurl. It keeps no trace of the call.
  private func release(_ transfer: Transfer) {
    guard !transfer.isReceived else { return }
    transfer.isReceived = true
    multi?.remove(transfer.easy)
    recycle(transfer.easy)
  }

  private func recycle(_ easy: CurlMulti.Easy) {
    curl_easy_reset(easy)
    idleHandles.append(easy)
  }

  private func reply(_ id: CallID, _ outcome: Reply.Outcome, sends: Int = 0) {
    complete(id, Reply(outcome, sends: sends))
  }

  private func closeIfDone() {
    guard isStopping, transfers.isEmpty, waiting.isEmpty else { return }
    shutDown()
    let told = whenStopped
    whenStopped = []
    for finished in told { finished() }
  }

  func shutDown() {
    for easy in idleHandles { curl_easy_cleanup(easy) }
    idleHandles = []
    multi?.close()
    multi = nil
  }
}
