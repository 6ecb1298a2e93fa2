// SPDX-License-Identifier: MIT
import Basics
import Logs

/// A file that may hold a slice.
struct Candidate {
    /// How the file's bytes hold the slice.
    enum Shape {
        case segment, logFile
    }

    let name: String
    let path: String
    let size: Int
    let shape: Shape

    /// What reading the file came to.
    enum Loaded {
        case slice(Slice)
        case outcome(FileOutcome)
    }

    /// Reads the file within its bounds; never trusts its name. `isMisnamed` says that it has the
    /// name of other bytes.
    func load(_ files: any FileSystem, keys: KeyRing) -> (loaded: Loaded, isMisnamed: Bool) {
        do throws(Failure) {
            switch shape {
            case .segment:
                guard size <= Limits.segment else {
                    return (.outcome(.setAside(.tooLarge)), false)
                }
                let bytes = try files.read(path, limit: Limits.segment)
                return (open(bytes, keys: keys), Exchange.isMisnamed(name, bytes))
            case .logFile:
                // Read and not mapped: a stick may be pulled.
                let bytes = try files.read(path, limit: Limits.broughtLog)
                let loaded = slice { () throws(FileFault) in
                    try bytes.withRaw { (raw) throws(FileFault) in try Slice(logFile: raw) }
                }
                return (loaded, false)
            }
        } catch {
            // What was listed and is gone was being replaced by someone.
            if error.kind == .notFound { return (.outcome(.notHereYet), false) }
            return (.outcome(.setAside(.unreadable(error.sentence))), false)
        }
    }

    private func open(_ bytes: [UInt8], keys: KeyRing) -> Loaded {
        switch SegmentFile.decode(bytes, keys: keys) {
        case .slice(let bytes, let key):
            slice { () throws(FileFault) in try Slice(bytes, under: key) }
        case .notHereYet: .outcome(.notHereYet)
        case .waiting(let key): .outcome(.waitingForKey(key))
        case .setAside(let reason): .outcome(.setAside(reason))
        }
    }

    private func slice(_ read: () throws(FileFault) -> Slice) -> Loaded {
        do throws(FileFault) { return .slice(try read()) } catch {
            return .outcome(.setAside(error))
        }
    }
}
