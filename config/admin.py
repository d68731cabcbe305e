"""The staff admin is Django's own with our site class: first page, access, second factor."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Puts `portal.site.StaffSite` in the place of Django's default site."""

    default_site = "portal.site.StaffSite"
