"""What columns are called in the tables of this trade, in several languages.

Spellings are written as `words_of` returns them: small letters without accents, single
blanks. Of the columns of a file that name one field, the spelling that stands first
here wins; none stands under two fields.
"""

import re
import unicodedata
from collections.abc import Iterator

NAMES = {
    "sku": (
        "sku, skus, variant sku, product sku, item sku, seller sku, artikelnummer,"
        " artikel nr, artikelnr, art nr, artnr, article number, article no, item"
        " number, item no, item code, product code, product number, product no,"
        " stock code, part number, part no, produktnummer, produkt nr, produktcode,"
        " bestellnummer, bestell nr, code article, code produit, reference article,"
        " reference produit, numero d article, reference interne, referencia, codigo"
        " de articulo, codigo articulo, codigo de producto, codigo producto, codigo"
        " articolo, codice articolo, codice prodotto, artikelcode, artikel nummer,"
        " varenummer, artikkelnummer, numer katalogowy, indeks, reference, ref,"
        " code, codigo, codice, product id, item id, article id, artikel id, produkt"
        " id, id"
    ),
    "name": (
        "name, product name, item name, article name, productname, title, product"
        " title, item title, artikelname, artikelbezeichnung, produktname,"
        " produktbezeichnung, bezeichnung, titel, artikel, produkt, nom, nom du"
        " produit, nom produit, nom de l article, designation, libelle, intitule,"
        " titre, article, produit, nombre, nombre del producto, nombre producto,"
        " nombre del articulo, titulo, denominacion, articulo, producto, nome, nome"
        " prodotto, titolo, naam, productnaam, navn, namn, nazwa, product, item"
    ),
    "description": (
        "description, product description, item description, long description,"
        " details, beschreibung, artikelbeschreibung, produktbeschreibung, langtext,"
        " description produit, description du produit, description longue,"
        " descripcion, descripcion del producto, descripcion larga, descrizione,"
        " descricao, omschrijving, beskrivelse, beskrivning, opis, body, text, short"
        " description, kurzbeschreibung, description courte, descripcion corta"
    ),
    "category": (
        "category, category path, categories, product category, product type,"
        " kategorie, kategorien, warengruppe, artikelgruppe, produktgruppe,"
        " categorie, categories produit, rayon, famille, categoria, categorias,"
        " familia, kategoria, department, product group"
    ),
    "brand": (
        "brand, brand name, manufacturer, maker, vendor, marke, markenname,"
        " hersteller, marque, fabricant, marca, fabricante, produttore, merk,"
        " maerke, producent"
    ),
    "supplier_name": (
        "supplier, supplier name, lieferant, lieferantenname, lieferantname,"
        " fournisseur, nom du fournisseur, proveedor, nombre del proveedor,"
        " fornitore, leverancier, leverandor, dostawca"
    ),
    "barcode": (
        "barcode, bar code, gtin, ean, upc, ean13, ean 13, ean code, eancode, gtin"
        " ean, ean gtin, ean upc, upc ean, gtin 13, gtin13, isbn, isbn13,"
        " strichcode, barcode ean, barcode gtin, code barre, code barres, code a"
        " barres, code ean, gencod, codigo de barras, codigo barras, codigo ean,"
        " codice a barre, streepjescode, stregkode"
    ),
    "price": (
        "price, sales price, selling price, sale price gross, retail price, unit"
        " price, regular price, list price, rrp, preis, verkaufspreis, vk, vk preis,"
        " vk brutto, einzelpreis, bruttopreis, listenpreis, uvp, prix, prix de"
        " vente, prix unitaire, prix ttc, prix public, pvp, precio, precio de venta,"
        " precio venta, precio unitario, prezzo, prezzo di vendita, preco, prijs,"
        " verkoopprijs, pris, cena"
    ),
    "cost": (
        "cost, cost price, unit cost, cost per item, purchase price, buying price,"
        " wholesale price, einkaufspreis, ek, ek preis, ek netto, einstandspreis,"
        " selbstkosten, prix d achat, prix achat, cout, cout unitaire, pa ht, coste,"
        " costo, coste unitario, precio de compra, precio compra, precio de coste,"
        " prezzo di acquisto, inkoopprijs, kostpris"
    ),
    "weight": (
        "weight g, weight grams, weight in grams, weight gram, grams, variant"
        " grams, gewicht g, gewicht in g, gewicht in gramm, gewicht gramm, gramm,"
        " poids g, poids en g, poids en grammes, grammes, peso g, peso en gramos,"
        " gramos, peso gr"
    ),
    "weight_kg": (
        "weight kg, weight in kg, weight in kilograms, gewicht kg, gewicht in kg,"
        " gewicht in kilogramm, poids kg, poids en kg, peso kg, peso en kg"
    ),
    "status": "status, state, statut, etat, estado, stato",
    "reorder_point": (
        "reorder point, reorder level, reorder at, min stock, minimum stock, stock"
        " min, low stock amount, low stock threshold, meldebestand, mindestbestand,"
        " stock minimum, stock mini, seuil d alerte, seuil de reapprovisionnement,"
        " stock minimo, punto de pedido, scorta minima"
    ),
    "reorder_quantity": (
        "reorder quantity, reorder qty, order quantity, bestellmenge,"
        " nachbestellmenge, quantite de commande, quantite de reapprovisionnement,"
        " cantidad de pedido"
    ),
    "tags": (
        "tags, tag, keywords, labels, schlagworte, schlagworter, stichworte, mots"
        " cles, etiquettes, etiquetas, palabras clave, parole chiave"
    ),
    "image_url": (
        "image url, image, images, image link, image src, picture, picture url,"
        " picture link, photo, photo url, main image, bild, bild url, bilder,"
        " bildlink, bildadresse, image principale, lien image, url image, url de l"
        " image, imagen, url imagen, url de la imagen, foto, immagine, afbeelding,"
        " billede, img"
    ),
    "group_handle": (
        "group handle, handle, url handle, style, style code, variantengruppe,"
        " groupe de variantes, grupo de variantes"
    ),
    "group_name": "group name, gruppenname, nom du groupe, nombre del grupo",
    "option1_name": "option1 name, option 1 name",
    "option1": "option1, option 1, option1 value, option 1 value",
    "option2_name": "option2 name, option 2 name",
    "option2": "option2, option 2, option2 value, option 2 value",
    "option3_name": "option3 name, option 3 name",
    "option3": "option3, option 3, option3 value, option 3 value",
    "on_hand": (
        "on hand, qty on hand, quantity on hand, quantity on stock, quantity in"
        " stock, stock on hand, stock, stock quantity, stock qty, stock level, in"
        " stock, units in stock, available, available quantity, available stock,"
        " inventory, inventory quantity, inventory qty, quantity, qty,"
        " bestand, lagerbestand, lagermenge, aktueller bestand, verfugbar,"
        " verfugbarer bestand, menge, anzahl, auf lager, quantite, quantite en"
        " stock, quantite disponible, qte, qte en stock, qte stock, en stock, stock"
        " disponible, stock actuel, existencias, cantidad, cantidad en stock, stock"
        " actual, inventario, unidades, giacenza, quantita, voorraad, aantal, antal,"
        " lagerbeholdning, lagersaldo, ilosc"
    ),
    "on_hand_list": "inventories, stock by location, bestand je lager",
}
"""Field -> what its column may be called."""

STOCK_WORDS = frozenset(
    {
        *("stock", "qty", "quantity", "inventory", "available", "units", "bestand"),
        *("lagerbestand", "menge", "lager", "verfugbar", "quantite", "qte"),
        *("existencias", "cantidad", "inventario", "giacenza", "quantita"),
        *("voorraad", "aantal", "antal"),
    }
)
"""A whole number whose header has one of these words may be stock."""

NO_STOCK_WORDS = frozenset(
    {
        *("order", "ordered", "reserved", "min", "minimum", "max", "maximum"),
        *("reorder", "incoming", "committed", "sold", "manage", "managed", "track"),
        *("tracked", "per", "pack", "box", "minimo", "mindestbestand", "commande"),
        *("pedido", "bestellt", "alert", "alerte"),
    }
)
"""Words that say that it is not."""

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NO_WORD = re.compile(r"[\W_]+")


def words_of(title: str) -> str:
    """Return the words of a header: "unitsInStock" and "Units in stock:" are one.

    Small letters without accents; whatever is no letter or digit parts words.
    """
    parted = unicodedata.normalize("NFKD", CAMEL.sub(" ", title))
    bare = "".join(char for char in parted if not unicodedata.combining(char))
    return NO_WORD.sub(" ", bare.casefold()).strip()


def _spellings() -> Iterator[tuple[str, tuple[str, int]]]:
    for field, names in NAMES.items():
        for rank, name in enumerate(names.split(", ")):
            yield name, (field, rank)


FIELD_BY_NAME = dict(_spellings())
"""Words of a header -> its field, and how well they name it (0 is best)."""
