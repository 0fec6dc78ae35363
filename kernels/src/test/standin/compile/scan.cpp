#include "scan.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>

namespace {
struct Kernel {
  std::string name;
  std::string bounds;
};

bool word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Scanner {
 public:
  explicit Scanner(const std::string& text) : in_(text) {}

  void run() {
    size_t statement = 0;  // where the current one begins in out_
    while (at_ < in_.size()) {
      const char c = in_[at_];
      if (c == '"' || c == '\'') {
        literal(c);
      } else if (c == '#' && (at_ == 0 || in_[at_ - 1] == '\n')) {
        line();
      } else if (word_char(c)) {
        const size_t begin = at_;
        size_t end = at_;
        while (end < in_.size() && word_char(in_[end])) end++;
        word(in_.substr(begin, end - begin), out_.substr(statement));
      } else {
        copy(1);
        if (c == ';' || c == '{' || c == '}') statement = out_.size();
      }
    }
  }

  std::string out_;
  std::vector<Kernel> kernels_;
  std::set<std::string> dynamic_;

 private:
  void copy(size_t n) {
    out_.append(in_, at_, n);
    at_ += n;
  }

  // A line marker, or a pragma: that for unrolling is g++'s in other words.
  void line() {
    const std::string unroll = "#pragma unroll";
    const size_t end = std::min(in_.find('\n', at_), in_.size());
    if (in_.compare(at_, unroll.size(), unroll) != 0) {
      copy(end - at_);
      return;
    }
    const int times = std::atoi(in_.substr(at_ + unroll.size(), end - at_).c_str());
    out_ += "#pragma GCC unroll " + std::to_string(times > 0 ? times : 16);
    at_ = end;
  }

  void literal(char quote) {
    // A quote between digits separates them: 1'000.
    if (quote == '\'' && at_ > 0 && std::isxdigit(static_cast<unsigned char>(in_[at_ - 1])) != 0) {
      copy(1);
      return;
    }
    size_t end = at_ + 1;
    while (end < in_.size() && in_[end] != quote) end += in_[end] == '\\' ? 2 : 1;
    copy(end + 1 - at_);
  }

  void word(const std::string& word, const std::string& before) {
    if (word == "__scoria_global__") {
      at_ += word.size();
      if (!has_word(before, "template")) kernel();
    } else if (word == "__scoria_shared__") {
      at_ += word.size();
      if (has_word(before, "extern")) {
        dynamic_.insert(name_before('['));
      } else {
        // A neighbour that nobody may touch, so that an index just past the end is noticed.
        const std::string guard = "__scoria_guard" + std::to_string(guards_++);
        out_ += "static char " + guard + "[64] __attribute__((used)); static ";
      }
    } else if (word == "__scoria_launch_bounds__") {
      at_ = behind_parenthesis(in_.find('(', at_));
    } else {
      copy(word.size());
    }
  }

  static bool has_word(const std::string& text, const std::string& word) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const size_t end = at + word.size();
      if ((at == 0 || !word_char(text[at - 1])) && (end == text.size() || !word_char(text[end]))) {
        return true;
      }
    }
    return false;
  }

  size_t behind_parenthesis(size_t open) const {
    int depth = 0;
    for (size_t i = open; i < in_.size(); i++) {
      if (in_[i] == '(') depth++;
      if (in_[i] == ')' && --depth == 0) return i + 1;
    }
    return in_.size();
  }

  std::string name_before(char stop) const {
    const size_t end = in_.find(stop, at_);
    return end == std::string::npos ? "" : name_ending(end);
  }

  std::string name_ending(size_t end) const {
    while (end > at_ && std::isspace(static_cast<unsigned char>(in_[end - 1])) != 0) end--;
    size_t begin = end;
    while (begin > at_ && word_char(in_[begin - 1])) begin--;
    return in_.substr(begin, end - begin);
  }

  // Finds name and bounds of a kernel ahead, without moving on: the text itself stays.
  void kernel() {
    Kernel found;
    size_t at = at_;
    for (;;) {
      const size_t open = in_.find('(', at);
      if (open == std::string::npos) return;
      const std::string name = name_ending(open);
      const size_t close = behind_parenthesis(open);
      if (name == "__scoria_launch_bounds__") {
        found.bounds = in_.substr(open + 1, close - open - 2);
        found.bounds = found.bounds.substr(0, found.bounds.find(','));
      } else if (name != "__attribute__" && name != "alignas") {
        found.name = name;
        size_t next = close;
        while (next < in_.size() && std::isspace(static_cast<unsigned char>(in_[next])) != 0)
          next++;
        if (next < in_.size() && in_[next] == '{') kernels_.push_back(found);
        return;
      }
      at = close;
    }
  }

  const std::string& in_;
  size_t at_ = 0;
  int guards_ = 0;
};
}  // namespace

std::string scan(const std::string& preprocessed, const std::vector<std::string>& expressions) {
  Scanner scanner(preprocessed);
  scanner.run();
  std::string out = std::move(scanner.out_);
  out += "\n# 1 \"stand-in\"\n";
  if (!scanner.dynamic_.empty()) {
    // Every extern __shared__ array of a source is the same memory, as much as a block may have.
    out += "extern \"C\" { alignas(64) char __scoria_dynamic[166912]; }\n";
    for (const std::string& name : scanner.dynamic_) {
      out += "asm(\".globl " + name + "\\n.hidden " + name + "\\n.set " + name +
             ", __scoria_dynamic\");\n";
    }
  }
  out += R"(
struct __scoria_entry {
  const void* function;
  void (*call)(void* const*);
  unsigned int (*size)(unsigned int);
  unsigned int count, bounds;
};
template <auto F> struct __scoria_kernel;
template <class... A, void (*F)(A...)> struct __scoria_kernel<F> {
  template <unsigned int... I> struct Places {
    __attribute__((no_sanitize("thread"))) static void call(void* const* p) { F(*(A*)p[I]...); }
  };
  template <unsigned int N>
  static constexpr auto places() { return Places<__integer_pack(N)...>(); }
  static unsigned int size(unsigned int i) {
    constexpr unsigned int sizes[] = {sizeof(A)..., 0};
    return sizes[i];
  }
  static constexpr __scoria_entry entry(unsigned int bounds) {
    return {(const void*)F, &decltype(places<sizeof...(A)>())::call, &size, sizeof...(A), bounds};
  }
};
extern "C" {
extern const __scoria_entry __scoria_kernels[];
const __scoria_entry __scoria_kernels[] = {
)";
  for (const Kernel& kernel : scanner.kernels_) {
    out += "__scoria_kernel<&" + kernel.name + ">::entry(" +
           (kernel.bounds.empty() ? "0" : kernel.bounds) + "),\n";
  }
  for (const std::string& expression : expressions) {
    const std::string address = expression[0] == '&' ? expression : "&" + expression;
    out += "__scoria_kernel<" + address + ">::entry(0),\n";
  }
  out += "{nullptr, nullptr, nullptr, 0, 0}};\n}\n";
  return out;
}
