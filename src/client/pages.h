#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "client/send.h"
#include "wire/operations.h"

namespace xai::client {

inline constexpr std::int32_t default_page_size = 100;

template <class Operation>
using Page = management::Result<Answer<typename Operation::Response>>;

/// Fetches the page that `operation` asks for and moves its token on; the token is empty after
/// the last page and after an error. A token of `seen` would make the walk go round for ever.
template <class Operation>
Page<Operation> turn_page(const management::Client& client, Operation& operation,
                          const Deadline& deadline, std::unordered_set<std::string>& seen,
                          Lists lists = Lists::read) {
  constexpr auto& paging = wire::paging<Operation>;
  if (!(operation.*paging.page_size)) operation.*paging.page_size = default_page_size;
  seen.insert(operation.*paging.token);
  Page<Operation> page = exchange(client, operation, deadline, lists);
  operation.*paging.token = page ? page->value.*paging.next_token : std::string{};
  if ((operation.*paging.token).empty() || !seen.contains(operation.*paging.token)) return page;
  operation.*paging.token = {};
  return std::unexpected(
      malformed_answer({.message = "the list does not end: its page token came a second time"},
                       wire::row<Operation>.retry, 200, {}));
}

/// Walks a list one page at a time.
template <class Operation>
class PageWalk {
 public:
  /// The caller's time limit holds for each page.
  PageWalk(management::Client client, Operation operation, Lists lists = Lists::read)
      : client_{std::move(client)}, operation_{std::move(operation)}, lists_{lists} {}
  /// `deadline` holds for all pages together.
  PageWalk(management::Client client, Operation operation, Deadline deadline)
      : client_{std::move(client)}, operation_{std::move(operation)}, deadline_{deadline} {}

  /// The next page; none after the last one, or after an error.
  std::optional<Page<Operation>> next() {
    if (finished_) return std::nullopt;
    auto page = turn_page(client_, operation_, deadline_ ? *deadline_ : deadline_of(client_), seen_,
                          lists_);
    finished_ = (operation_.*wire::paging<Operation>.token).empty();
    return page;
  }

  /// Whether the last page, or an error, has been answered.
  [[nodiscard]] bool is_finished() const { return finished_; }

 private:
  management::Client client_;
  Operation operation_;
  std::optional<Deadline> deadline_{};
  Lists lists_{Lists::read};
  std::unordered_set<std::string> seen_{};
  bool finished_{};
};

}  // namespace xai::client
