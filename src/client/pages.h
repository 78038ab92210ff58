#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "client/seen_items.h"
#include "client/send.h"

namespace xai::client {

/// Walks a list one page at a time, without its types.
class PageTurner {
 public:
  static constexpr std::size_t pages_max = 100'000;

  /// The caller's time limit holds for each page, unless `deadline` holds for all of them.
  PageTurner(management::Client client, const wire::Descriptor& descriptor, Lists lists,
             std::optional<Deadline> deadline = std::nullopt)
      : client_{std::move(client)},
        descriptor_{&descriptor},
        lists_{lists},
        deadline_{deadline},
        items_{descriptor.paging->id_name} {}

  /// Fetches the page that `operation` asks for and moves its token on. Items that came before are
  /// left out of the page. A token that came before would make the walk go round for ever, and so
  /// would a new one on every page; it ends as well where page after page brings nothing new.
  management::Result<void> turn(void* operation, Target target);

  /// Whether the last page, or an error, has been answered.
  [[nodiscard]] bool is_finished() const { return is_finished_; }

 private:
  management::Result<void> leave_out_what_came(const Target& target);
  [[nodiscard]] std::string_view why_endless(const std::string& token) const;

  management::Client client_;
  const wire::Descriptor* descriptor_;
  Lists lists_;
  std::optional<Deadline> deadline_;
  SeenItems items_;
  std::size_t repeated_pages_{};  ///< In a row, up to now, that had only what had come before.
  std::size_t empty_pages_{};     ///< Likewise.
  /// Hashes of the tokens: a token may be as long as the service likes.
  std::unordered_set<std::size_t> seen_{};
  bool is_finished_{};
};

template <class Operation>
using Page = management::Result<Answer<typename Operation::Response>>;

/// Walks a list one page at a time.
template <class Operation>
class PageWalk {
 public:
  /// The caller's time limit holds for each page, unless `deadline` holds for all of them.
  PageWalk(management::Client client, Operation operation, Lists lists = Lists::read,
           std::optional<Deadline> deadline = std::nullopt)
      : operation_{std::move(operation)},
        turner_{std::move(client), wire::descriptor_of<Operation>(), lists, deadline} {}

  /// The next page; none after the last one, or after an error.
  std::optional<Page<Operation>> next() {
    if (is_finished()) return std::nullopt;
    Page<Operation> page{};
    if (auto turned = turner_.turn(&operation_, Target::of(*page)); !turned)
      page = std::unexpected(std::move(turned).error());
    return page;
  }

  /// Whether the last page, or an error, has been answered.
  [[nodiscard]] bool is_finished() const { return turner_.is_finished(); }

 private:
  Operation operation_;
  PageTurner turner_;
};

}  // namespace xai::client
