# The commands of the project; each can be repeated, installs what it misses, and says where its results are.
.PHONY: build test demo test-frameworks fuzz bench format tools clean distclean help

help:
	@echo "make build            the command build/release/lutra"
	@echo "make demo             the main job on a real model: jets to Verilog, simulated, synthesised, placed and routed"
	@echo "make test             build, all tests, and some minutes of fuzzing, the same each time"
	@echo "make test-frameworks  compare with the real frameworks (downloads several gigabytes)"
	@echo "make fuzz             every reader on inputs that were never tried, SECONDS=300 each"
	@echo "make bench            ours and the peers side by side"
	@echo "make format           clang-format over our sources"
	@echo "make clean            remove what was built; make distclean also the installed tools"

build:
	@tools/install_packages.sh
	@tools/build.sh release
	@echo "built build/release/lutra"

tools:
	@tools/install_packages.sh
	@tools/install_fpga_tools.sh

test: tools
	@tools/test.sh

demo: build tools
	@examples/jets/demo.sh

test-frameworks: build
	@tests/frameworks/run.sh

fuzz: build
	@tests/fuzz/run.sh $(or $(SECONDS),300)

bench: build tools
	@bench/run.sh

format:
	@git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i

clean:
	@rm -rf build/release build/dev build/asan build/fuzz

distclean:
	@rm -rf build
