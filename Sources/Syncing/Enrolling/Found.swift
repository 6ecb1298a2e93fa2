// SPDX-License-Identifier: MIT
import Basics
import Logs

/// What a folder of an exchange was found to hold, and how much of it could not be read.
package struct Found<Item: Sendable>: Sendable {
    package fileprivate(set) var items: [Item] = []
    /// Files that the system could not read: what they hold is not known.
    package fileprivate(set) var unreadable = 0
}

extension Exchange {
    /// What `decode` makes of the files in a folder that are not larger than `limit`. Files that it
    /// makes nothing of are passed over.
    func found<Item: Sendable>(
        in place: Section, limit: Int, _ decode: ([UInt8]) -> Item?
    ) throws(Failure) -> Found<Item> {
        var found = Found<Item>()
        for file in try list(place) where file.size <= limit {
            do throws(Failure) {
                guard let bytes = try readIfThere(file.name, in: place, limit: limit),
                    let item = decode(bytes)
                else { continue }
                found.items.append(item)
            } catch {
                found.unreadable += 1
            }
        }
        return found
    }
}

extension Found {
    /// The same with the items sorted, of equal ones the first.
    func distinct<Key: Hashable>(
        by key: (Item) -> Key, _ comesBefore: (Item, Item) -> Bool
    ) -> Found {
        var known: Set<Key> = []
        var copy = self
        copy.items = items.filter { known.insert(key($0)).inserted }.sorted(by: comesBefore)
        return copy
    }
}
