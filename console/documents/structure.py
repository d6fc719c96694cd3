"""The tree of a document's meaning: what a screen reader reads, in the order it is drawn.

Elements are written out as soon as they are complete, so that the tree of a thousand pages
takes no more memory than that of one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

HEADER_CELL: Final = "/A<</O/Table/Scope/Column>>"
ROW_CELL: Final = "/A<</O/Table/Scope/Row>>"


def text_string(text: str) -> str:
    """Return a text as PDF writes it: UTF-16 in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@dataclass(slots=True)
class Element:
    """An element that is not complete yet.

    Args:
        key: what it stands for, where it may go on after a break of the page.
        page: object number of the page that its first content is on; 0 before that.
    """

    role: str
    number: int
    parent: int
    key: object
    attributes: str
    page: int = 0
    kids: list[str] = field(default_factory=list)


class Structure:
    """Builds the tree while pages are drawn.

    Args:
        allocate: gives the next free object number.
        write: takes a finished object: its number and what it is.
    """

    def __init__(self, allocate: Callable[[], int], write: Callable[[int, str], object]) -> None:
        self._allocate = allocate
        self._write = write
        self.root = allocate()
        self._stack = [Element("Document", allocate(), self.root, None, "")]
        self._depth = 1
        self._page = 0
        self._owners: list[int] = []
        self._parent_tree: list[str] = []

    @property
    def current(self) -> int:
        """Object number of the element that is open."""
        return self._stack[self._depth - 1].number

    def begin_page(self, page: int) -> None:
        """Put the contents that follow on a page, given by its object number."""
        self._page = page
        self._owners = []

    def end_page(self) -> int:
        """Write down which content of the page belongs to which element.

        Returns:
            The page's key in the tree of parents.
        """
        number = self._allocate()
        self._write(number, f"[{' '.join(f'{owner} 0 R' for owner in self._owners)}]")
        key = len(self._parent_tree)
        self._parent_tree.append(f"{key} {number} 0 R")
        return key

    @contextmanager
    def element(self, role: str, key: object = None, attributes: str = "") -> Iterator[None]:
        """Draw inside an element.

        Args:
            role: of PDF's standard roles.
            key: what it stands for; an element with the same key that was the last one here
                goes on.
            attributes: more entries, as PDF writes them.
        """
        self.open(role, key, attributes)
        yield
        self.close()

    def open(self, role: str, key: object = None, attributes: str = "") -> None:
        """Open an element, or go on with the one of the same key."""
        lingers = self._depth < len(self._stack) and key is not None
        if lingers and self._stack[self._depth].key is key:
            self._depth += 1
            return
        self._finish(self._depth)
        parent = self._stack[-1]
        number = self._allocate()
        parent.kids.append(f"{number} 0 R")
        self._stack.append(Element(role, number, parent.number, key, attributes))
        self._depth += 1

    def close(self) -> None:
        """Close the element that is open; one with a key may go on later."""
        self._depth -= 1
        if self._stack[self._depth].key is None:
            self._finish(self._depth)

    def content(self) -> int:
        """Take the next content into the open element; return its number on the page."""
        return self.content_of(self._stack[self._depth - 1])

    def content_of(self, element: Element) -> int:
        """Take the next content into an element; return its number on the page."""
        number = len(self._owners)
        self._owners.append(element.number)
        element.page = element.page or self._page
        if element.page == self._page:
            element.kids.append(str(number))
        else:
            element.kids.append(f"<</Type/MCR/Pg {self._page} 0 R/MCID {number}>>")
        return number

    def cell(self, role: str, attributes: str, has_content: bool) -> int:
        """Write a whole cell of the open row; return the number of its content on the page."""
        row = self._stack[self._depth - 1]
        number = self._allocate()
        row.kids.append(f"{number} 0 R")
        start = f"<</Type/StructElem/S/{role}/P {row.number} 0 R{attributes}"
        if not has_content:
            self._write(number, f"{start}>>")
            return -1
        content = len(self._owners)
        self._owners.append(number)
        self._write(number, f"{start}/Pg {self._page} 0 R/K {content}>>")
        return content

    def begin_cell(self, role: str, attributes: str) -> Element:
        """Begin a cell of the open row that goes on over a break of the page."""
        row = self._stack[self._depth - 1]
        number = self._allocate()
        row.kids.append(f"{number} 0 R")
        return Element(role, number, row.number, None, attributes)

    def end_cell(self, cell: Element) -> None:
        """Write a cell that was begun."""
        self._write_element(cell)

    def finish(self) -> None:
        """Write what is still open, and the root."""
        self._depth = 1
        document = self._stack[0].number
        self._finish(0)
        nums = self._allocate()
        self._write(nums, f"<</Nums[{' '.join(self._parent_tree)}]>>")
        self._write(
            self.root,
            f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {nums} 0 R"
            f"/ParentTreeNextKey {len(self._parent_tree)}>>",
        )

    def _finish(self, depth: int) -> None:
        while len(self._stack) > depth:
            self._write_element(self._stack.pop())

    def _write_element(self, element: Element) -> None:
        page = f"/Pg {element.page} 0 R" if element.page else ""
        kids = f"/K[{' '.join(element.kids)}]" if element.kids else ""
        self._write(
            element.number,
            f"<</Type/StructElem/S/{element.role}/P {element.parent} 0 R"
            f"{element.attributes}{page}{kids}>>",
        )
