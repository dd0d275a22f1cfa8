"""The municipality, which owns everything else."""

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import MunicipalityKind
from accounts.querysets import MunicipalityQuerySet, folded

SOUTH_TO_NORTH: Final = (Decimal("-18.4"), Decimal(0))
WEST_TO_EAST: Final = (Decimal("-81.4"), Decimal("-68.6"))
"""Within which Peru lies, in degrees."""

six_digits = RegexValidator(r"^[0-9]{6}\Z", _("Un ubigeo tiene seis cifras."))


class District(NamedTuple):
    """A district of a province. CODE is its ubigeo of the INEI."""

    code: str
    name: str


class Municipality(models.Model):
    """One of Peru's municipalities, provincial or district: the tenant of the portal."""

    kind = models.CharField(_("tipo"), max_length=10, choices=MunicipalityKind)
    name = models.CharField(
        _("nombre"),
        max_length=100,
        help_text=_(
            "El de la provincia si es provincial, el del distrito si es distrital: «Huancané»."
        ),
    )
    capital = models.CharField(
        _("capital"),
        max_length=100,
        blank=True,
        help_text=_(
            "De una provincial: el distrito capital, que también gobierna, y su ciudad si se "
            "llama de otro modo: «Santa Ana, Quillabamba»."
        ),
    )
    province = models.CharField(_("provincia"), max_length=100)
    region = models.CharField(_("región"), max_length=100, db_index=True)
    inei = models.CharField(
        _("ubigeo INEI"),
        max_length=6,
        unique=True,
        validators=[six_digits],
        help_text=_("Seis cifras. Para una provincial, el del distrito capital."),
    )
    reniec = models.CharField(
        _("ubigeo RENIEC"),
        max_length=6,
        blank=True,
        validators=[six_digits],
        help_text=_("RENIEC y el JNE numeran distinto que el INEI. En blanco si no se conoce."),
    )
    slug = models.SlugField(
        _("dirección"),
        max_length=120,
        unique=True,
        help_text=_("Cómo aparece en la dirección de sus páginas: /m/puno/. No lo cambie después."),
    )
    contact = models.CharField(
        _("contacto"),
        max_length=200,
        blank=True,
        help_text=_(
            "Adónde preguntar: mesa de partes, teléfono o correo de la municipalidad, nunca de una "
            "persona. Se muestra junto a cada promesa."
        ),
    )
    latitude = models.DecimalField(
        _("latitud"),
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("De su capital, en grados: «-15.8403». En blanco si no se conoce."),
    )
    longitude = models.DecimalField(
        _("longitud"),
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("De su capital, en grados: «-70.0281». En blanco si no se conoce."),
    )
    revision = models.PositiveBigIntegerField(
        _("revisión pública"),
        default=1,
        editable=False,
        help_text=_("Sube con cada cambio que el público puede ver."),
    )
    search_name = models.GeneratedField(
        expression=Func(F("name"), function="vigia_plain"),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Func(
            Concat(
                Value(" "),
                F("name"),
                Value(" "),
                F("capital"),
                Value(" "),
                F("province"),
                Value(" "),
                F("region"),
            ),
            function="vigia_plain",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    municipality_path: ClassVar = "pk"
    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipalidad")
        verbose_name_plural = _("municipalidades")
        ordering: ClassVar = ["search_name", "province", "inei"]
        indexes: ClassVar = [
            # Everything of the whole country is listed by place, and no more of it is read than
            # a page shows.
            models.Index(fields=["search_name", "province", "inei"], name="municipality_in_order"),
            # A region's pages are found by its name in addresses.
            models.Index(
                Func(F("region"), function="vigia_plain"), name="municipality_region_plain"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=MunicipalityKind.values),
                name="municipality_kind_known",
                violation_error_message=_("Una municipalidad es provincial o distrital."),
            ),
            models.CheckConstraint(
                condition=Q(inei__regex=r"^[0-9]{6}$") & Q(reniec__regex=r"^([0-9]{6})?$"),
                name="municipality_ubigeos_have_six_digits",
                violation_error_message=_("Un ubigeo tiene seis cifras."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,  # else the check of a half is null, and passes
                    longitude__isnull=False,
                    latitude__range=SOUTH_TO_NORTH,
                    longitude__range=WEST_TO_EAST,
                ),
                name="municipality_lies_in_peru",
                violation_error_message=_(
                    "Latitud y longitud van juntas, y son de un lugar del Perú."
                ),
            ),
            models.UniqueConstraint(
                fields=["reniec"],
                condition=~Q(reniec=""),
                name="municipality_reniec_once",
                violation_error_message=_("Otra municipalidad ya tiene ese ubigeo de RENIEC."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """Its public page, which the settings say (ABSOLUTE_URL_OVERRIDES)."""

    def clean(self) -> None:
        self.slug = self.slug.lower()  # its address, also for whoever types it in capitals

    @property
    def is_provincial(self) -> bool:
        return self.kind == MunicipalityKind.PROVINCIAL

    @property
    def full_name(self) -> str:
        """ "Municipalidad Provincial de Puno", "Municipalidad Distrital de Coata"."""
        if self.is_provincial:
            return gettext("Municipalidad Provincial de %(name)s") % {"name": self.name}
        return gettext("Municipalidad Distrital de %(name)s") % {"name": self.name}

    @property
    def region_slug(self) -> str:
        """What addresses call its region: see `MunicipalityQuerySet.of_region`."""
        return slugify(self.region)

    @property
    def place(self) -> str:
        """Where it is, shortest unambiguous form: "región Puno" or "provincia de Puno, Puno"."""
        if self.is_provincial:
            return gettext("región %(region)s") % {"region": self.region}
        return gettext("provincia de %(province)s, región %(region)s") % {
            "province": self.province,
            "region": self.region,
        }

    @cached_property
    def districts(self) -> tuple[District, ...]:
        """What it governs, by name: of a province all its districts, else its own. One query, once.

        The capital's district has no municipality but the provincial one, whose ubigeo it shares.
        """
        if not self.is_provincial:
            return (self._as_district(),)
        rows = Municipality.objects.of_province(self.region, self.province)
        districts = (row._as_district() for row in rows)
        return tuple(sorted(districts, key=lambda each: folded(each.name)))

    def _as_district(self) -> District:
        name = self.capital.partition(",")[0] or self.name if self.is_provincial else self.name
        return District(self.inei, name)
