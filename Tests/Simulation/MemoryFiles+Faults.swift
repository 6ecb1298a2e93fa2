// SPDX-License-Identifier: MIT
import Basics
import Logs
import Synchronization

/// How much of its work a call does.
enum Extent: Equatable {
    case all, none, others
    case first(Int)
    case zeroFilled(Int)

    /// Whether the call does what it says, but for what a file then holds.
    var isWhole: Bool { self == .all || self == .others }

    /// As many bytes, of which the last is another.
    static func others(_ bytes: [UInt8]) -> [UInt8] {
        bytes.isEmpty ? [] : bytes.dropLast() + [bytes[bytes.count - 1] ^ 0xff]
    }
}

extension MemoryFiles {
    /// A call that changes nothing.
    func call<Result: Sendable>(
        _ work: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try locked { state throws(Failure) in
            guard let fault = try state.begin() else { return try work(&state) }
            if case .crashes = fault { state.isDown = true }
            guard fault != .storesOthers else { return try work(&state) }
            throw fault.failure
        }
    }

    /// A call that changes something, wholly or as far as a fault lets it.
    func change(_ work: (inout State, Extent) throws(Failure) -> Void) throws(Failure) {
        try locked { state throws(Failure) in
            guard let fault = try state.begin() else { return try work(&state, .all) }
            if case .crashes = fault { state.isDown = true }
            try work(&state, fault.extent)
            if fault != .storesOthers { throw fault.failure }
        }
    }

    private func locked<Result: Sendable>(
        _ work: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in try work(&state) }
    }
}

extension MemoryFiles.State {
    /// Counts a call; gives the fault that strikes it.
    fileprivate mutating func begin() throws(Failure) -> Fault? {
        guard isDown == false else { throw Failure(.other, "The power is out.") }
        calls += 1
        return faultsByCall[calls]
    }

    func bytes(_ path: String) throws(Failure) -> [UInt8] {
        guard let bytes = bytesByPath[path] else {
            throw Failure(.notFound, "\(path) is not there.")
        }
        return bytes
    }

    func makeRoom(for count: Int) throws(Failure) {
        guard let room, used + count > room else { return }
        throw Failure(.full, "The disk is full.", advice: "Make room on the disk.")
    }
}

extension Fault {
    fileprivate var failure: Failure {
        switch self {
        case .fails(let kind), .failsAfter(let kind):
            Failure(kind, "The call failed, as was planned.")
        case .stopsShort: Failure(.full, "The disk was full before the end, as was planned.")
        case .storesOthers, .crashes: Failure(.other, "The power went, as was planned.")
        }
    }

    fileprivate var extent: Extent {
        switch self {
        case .fails: .none
        case .storesOthers: .others
        case .stopsShort(let count): .first(count)
        case .crashes(.before): .none
        case .crashes(.midway(let count)): .first(count)
        case .crashes(.zeroFilled(let count)): .zeroFilled(count)
        case .crashes(.after), .failsAfter: .all
        }
    }
}
