package dev.migrate.sample;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Offers the cars: {@code GET /cars?brand=Iris&page=2}. */
@RestController
class CarController {

    private final Cars cars;

    CarController(Cars cars) {
        this.cars = cars;
    }

    @GetMapping("/cars")
    CarPage cars(@RequestParam(required = false) @Nullable String brand, @RequestParam(defaultValue = "0") int page) {
        if (page < 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "page is " + page + "; the first is 0");
        }
        return cars.page(brand, page);
    }
}
