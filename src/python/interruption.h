#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace xai::python {

/// Ends calls of one thread from another one, as Ctrl-C ends those of the main thread.
class Cancellation {
 public:
  void cancel() { is_cancelled_ = true; }
  [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }
  /// Calls that this thread begins from now on are ended by it, until `leave`.
  void enter() const;
  static void leave();

 private:
  std::atomic<bool> is_cancelled_{};
};

/// Whether a Cancellation, or a handler of Python's such as that of Ctrl-C, wants this thread to
/// end the work it does without the GIL. It asks Python now and then, and on the main thread alone:
/// only there do handlers run.
bool is_interrupted();

/// The same for the call that this thread makes, to be asked by other threads that help with it.
std::function<bool()> interruption();

/// Sleeps, unless and until `is_interrupted`.
void sleep_interruptibly(std::chrono::milliseconds span);

/// Does a piece of work with the GIL, for a thread that works without it. A thread that may outlive
/// the interpreter cannot wait for the GIL: its work is done when it ends.
void with_gil(std::function<void()> work);

/// Calls a function that a caller gave us. What it raises is reported as Python reports what it
/// cannot raise, since no log may cost an answer; but a handler's exception, such as that of
/// Ctrl-C, ends the call.
void call_hook(const pybind11::handle& hook, const pybind11::object& argument);

/// Lets other threads of Python run while it lives, and handlers of signals through
/// `is_interrupted`. Nothing else may touch Python meanwhile, but through `with_gil`.
class WithoutGil {
 public:
  WithoutGil();
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;
  // Not a destructor: while the interpreter ends, taking the GIL ends the thread by unwinding.
  /// Takes the GIL again; false when a handler has raised, which is Python's error then.
  bool end();

 private:
  friend bool is_interrupted();
  friend std::function<bool()> interruption();
  friend void with_gil(std::function<void()> work);
  friend void call_hook(const pybind11::handle& hook, const pybind11::object& argument);

  [[nodiscard]] bool is_over() const {
    return has_raised_ || (cancellation_ != nullptr && cancellation_->is_cancelled());
  }

  WithoutGil* outer_;  ///< Of a call that has called a hook, which calls us.
  bool may_take_gil_;
  const Cancellation* cancellation_;
  PyThreadState* state_;
  std::chrono::steady_clock::time_point asked_{};
  std::atomic<bool> has_raised_{};
  std::vector<std::function<void()>> later_{};
};

/// The result of `work`, done without the GIL.
template <class Work>
auto without_gil(const Work& work) {
  WithoutGil released;
  auto result = [&]() noexcept { return work(); }();
  if (!released.end()) throw pybind11::error_already_set();
  return result;
}

}  // namespace xai::python
