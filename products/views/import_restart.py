"""Setting an import going again that a stopped process has left."""

from django.http import HttpRequest, HttpResponse

from products.importing.tasks import start_again
from products.views.one_import import ImportButton


class ImportRestartView(ImportButton):
    """Does nothing to one that somebody works on."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        start_again(self.run, self.author)
        return self.go_to(self.run.get_absolute_url())
