#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "xai/management/call_options.h"
#include "xai/management/options.h"
#include "xai/management/result.h"

namespace xai::management {

template <class Operation>
class Pages;
template <class Operation>
class Items;

/// Sends operations to the Management API. Copies share one connection pool, and threads may
/// share one Client. Nothing is sent, loaded or checked before the first `send`.
class Client {
 public:
  explicit Client(ClientOptions options);

  /// Sends one operation and waits for its answer. An empty `team_id` in it is filled from the
  /// client's options. Errors, retries and costs stand at each operation; its `id` is its name in
  /// the reference.
  template <class Operation>
  Result<typename Operation::Response> send(const Operation& operation,
                                            const CallOptions& options = {}) const {
    Result<typename Operation::Response> answer{};
    if (auto sent = exchange(Operation::id, &operation, &*answer, options); !sent)
      answer = std::unexpected(std::move(sent).error());
    return answer;
  }

  /// All pages of a list, fetched one at a time as the loop goes on:
  /// `for (auto& page : client.pages(ListApiKeys{})) …`, where each `page` is a Result.
  /// A failed page ends the loop. The options are those of the whole walk, which begins now.
  template <class Operation>
    requires requires(Operation operation) { operation.page_size; }
  Pages<Operation> pages(Operation operation, CallOptions options = {}) const {
    return Pages<Operation>{*this, std::move(operation), std::move(options)};
  }

  /// The items of a list one by one, over as many pages as there are; else like `pages`:
  /// `for (auto& key : client.items(ListApiKeys{})) …`, where each `key` is a Result.
  template <class Operation>
  Items<Operation> items(Operation operation, CallOptions options = {}) const {
    return Items<Operation>{pages(std::move(operation), std::move(options))};
  }

  /// The pipeline behind `send`; its definition is not part of the interface.
  struct Pipeline;
  [[nodiscard]] const Pipeline& pipeline() const { return pipeline_(); }

 private:
  template <class Operation>
  friend class Pages;

  /// Fetches the page that an operation asks for into its answer and moves the operation on; true
  /// for the last page.
  using TurnPage = std::function<Result<bool>(void* operation, void* answer)>;

  [[nodiscard]] Result<void> exchange(std::string_view id, const void* operation, void* answer,
                                      const CallOptions& options) const;
  [[nodiscard]] TurnPage page_turner(std::string_view id, CallOptions options) const;

  /// Shares the pipeline. A shared_ptr here would cost every user's file <memory>, a tenth more to
  /// compile.
  std::function<const Pipeline&()> pipeline_;
};

/// Walks a range that holds one value at a time.
template <class Range>
class OnePass {
 public:
  using iterator_concept = std::input_iterator_tag;
  using value_type = typename Range::Value;
  using difference_type = std::ptrdiff_t;

  explicit OnePass(Range& range) : range_{&range} {}
  // NOLINTNEXTLINE(bugprone-unchecked-optional-access): none is read past its end.
  value_type& operator*() const { return *range_->value_; }
  OnePass& operator++() {
    range_->advance();
    return *this;
  }
  void operator++(int) { ++*this; }
  bool operator==(std::default_sentinel_t) const { return !range_->value_; }

 private:
  Range* range_;
};

/// A single-pass range over the pages of a list. Holds one page at a time.
template <class Operation>
class Pages {
 public:
  using Value = Result<typename Operation::Response>;
  using Iterator = OnePass<Pages>;

  Pages(const Client& client, Operation operation, CallOptions options = {})
      : turn_{client.page_turner(Operation::id, std::move(options))},
        operation_{std::move(operation)} {}

  Iterator begin() {
    if (!value_) advance();
    return Iterator{*this};
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  friend Iterator;

  /// Replaces `value_` by the next one, or empties it after the last one or an error.
  void advance() {
    value_.reset();
    if (!turn_) return;
    value_.emplace();
    auto is_last = turn_(&operation_, &**value_);
    if (!is_last || *is_last) turn_ = nullptr;
    if (!is_last) *value_ = std::unexpected(std::move(is_last).error());
  }

  Client::TurnPage turn_;  ///< Empty once there are no more pages.
  Operation operation_;
  std::optional<Value> value_{};
};

/// A single-pass range over the items of a list. Holds one page at a time.
template <class Operation>
class Items {
 public:
  using Value = Result<typename std::remove_cvref_t<
      decltype(std::declval<typename Operation::Response&>().items())>::value_type>;
  using Iterator = OnePass<Items>;

  explicit Items(Pages<Operation> pages) : pages_{std::move(pages)} {}
  Items(const Items&) = delete;
  Items& operator=(const Items&) = delete;

  Iterator begin() {
    if (!is_begun_) {
      is_begun_ = true;
      pages_.begin();
      advance();
    }
    return Iterator{*this};
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  friend Iterator;

  /// Replaces `value_` by the next one, of whatever page, or empties it after the last one or an
  /// error.
  void advance() {
    value_.reset();
    for (; page_ != pages_.end(); ++page_, index_ = 0) {
      auto& page = *page_;
      if (!page) {
        if (index_++ == 0) value_.emplace(std::unexpected(page.error()));
        if (value_) return;
      } else if (index_ < page->items().size()) {
        value_.emplace(std::move(page->items()[index_++]));
        return;
      }
    }
  }

  Pages<Operation> pages_;
  typename Pages<Operation>::Iterator page_{pages_};
  std::size_t index_{};  ///< Of the next item on the page.
  std::optional<Value> value_{};
  bool is_begun_{};
};

}  // namespace xai::management
